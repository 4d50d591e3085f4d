package io.carillon.edge.protocol.carillon;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.history.HistoryPage;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.session.Catchup;
import io.carillon.core.session.Catchup.Run;
import io.carillon.core.session.Session;
import io.carillon.core.session.SubscribeOutcome;
import io.carillon.edge.protocol.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server says, as whole messages; the comments name the clauses. Stateless. */
final class ServerFrames {
  static final byte[] PING = "{\"t\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
  static final byte[] PONG = "{\"t\":\"pong\"}".getBytes(StandardCharsets.US_ASCII);

  private ServerFrames() {}

  /** 2.2. */
  static byte[] welcome(@Nullable Long i, Session session, long heartbeatMillis) {
    JsonBytes json = start("welcome", i);
    json.raw(",\"conn\":").string(session.id().socketId());
    String clientId = session.rights().clientId();
    if (clientId != null) {
      json.raw(",\"you\":").string(clientId);
    }
    return json.raw(",\"hb\":")
        .number(heartbeatMillis)
        .raw(",\"limits\":{\"message\":")
        .number(session.app().settings().limits().messageBytes())
        .raw(",\"channels\":")
        .number(session.app().settings().limits().channelsPerConnection())
        .raw("}}")
        .toBytes();
  }

  /** 2.7. */
  static byte[] renewal(long inMillis) {
    return new JsonBytes(64).raw("{\"t\":\"reauth\",\"in\":").number(inMillis).raw("}").toBytes();
  }

  /** 4.2 and 4.3. */
  static byte[] subbed(@Nullable Long i, SubscribeOutcome.Subscribed outcome) {
    Catchup catchup = outcome.catchup();
    Position top =
        catchup.end().isAfter(outcome.head().top()) ? catchup.end() : outcome.head().top();
    JsonBytes json = start("subbed", i);
    json.raw(",\"ch\":").string(outcome.channel().value());
    json.raw(",\"e\":").number(top.epoch()).raw(",\"o\":").number(top.offset());
    json.raw(",\"start\":").number(catchup.start().offset());
    if (catchup.start().epoch() != top.epoch()) {
      json.raw(",\"se\":").number(catchup.start().epoch());
    }
    return json.raw(
            switch (catchup.verdict()) {
              case FRESH -> "}";
              case RECOVERED -> ",\"recovered\":true}";
              case LOST_EPOCH -> ",\"recovered\":false,\"why\":\"epoch\"}";
              case LOST_EXPIRED -> ",\"recovered\":false,\"why\":\"expired\"}";
              case LOST_TOO_FAR -> ",\"recovered\":false,\"why\":\"too-far\"}";
            })
        .toBytes();
  }

  /** 3.3, for one publication. */
  static byte[] push(Publication publication) {
    Position position = publication.position();
    Position before = new Position(position.epoch(), position.offset() - 1);
    Run run = new Run(before, position, null, List.of(publication));
    return push(publication.channel().name(), run);
  }

  /** 3.5. */
  static byte[] marker(ChannelName channel, Position top) {
    return push(channel, new Run(top, top, null, List.of()));
  }

  /** 3.3, and 3.7 for a run that begins an epoch. */
  static byte[] push(ChannelName channel, Run run) {
    Position to = run.to();
    Position previous = run.previous();
    List<Publication> publications = run.publications();
    JsonBytes json = new JsonBytes(128 * (1 + publications.size()));
    json.raw("{\"t\":\"msg\",\"ch\":").string(channel.value());
    json.raw(",\"e\":").number(to.epoch()).raw(",\"f\":").number(run.from().offset());
    json.raw(",\"o\":").number(to.offset());
    if (previous != null) {
      json.raw(",\"prev\":{\"e\":").number(previous.epoch());
      json.raw(",\"o\":").number(previous.offset()).raw("}");
    }
    items(json.raw(",\"m\":["), publications, to.epoch());
    return json.raw("]}").toBytes();
  }

  /** 4.5. */
  static byte[] ok(@Nullable Long i) {
    return start("ok", i).raw("}").toBytes();
  }

  /** 5.2. */
  static byte[] published(@Nullable Long i, List<PublishOutcome> outcomes) {
    JsonBytes json = start("ok", i).raw(",\"r\":[");
    String comma = "";
    for (PublishOutcome outcome : outcomes) {
      json.raw(comma);
      comma = ",";
      switch (outcome) {
        case PublishOutcome.Refused(var problem) -> {
          json.raw("{");
          problem(json, problem);
          json.raw("}");
        }
        case PublishOutcome.Published(var position, var duplicate) ->
            json.raw("{\"e\":")
                .number(position.epoch())
                .raw(",\"o\":")
                .number(position.offset())
                .raw(duplicate ? ",\"dup\":true}" : "}");
      }
    }
    return json.raw("]}").toBytes();
  }

  /** 6.2. */
  static byte[] history(@Nullable Long i, HistoryPage page) {
    Position top = page.top();
    JsonBytes json = start("ok", i).raw(",\"m\":[");
    items(json, page.publications(), top.epoch());
    return json.raw("],\"more\":")
        .raw(page.more() ? "true" : "false")
        .raw(",\"e\":")
        .number(top.epoch())
        .raw(",\"o\":")
        .number(top.offset())
        .raw("}")
        .toBytes();
  }

  /** 8.1. */
  static byte[] error(@Nullable Long i, @Nullable String channel, Problem problem) {
    JsonBytes json = start("err", i);
    if (channel != null) {
      json.raw(",\"ch\":").string(channel);
    }
    json.raw(",");
    problem(json, problem);
    return json.raw("}").toBytes();
  }

  /** 7.3. */
  static byte[] go(Problem problem) {
    String advice =
        switch (problem.code().retry()) {
          case NOW -> "now";
          case LATER -> "later";
          case TOKEN -> "token";
          case NO -> "fatal";
        };
    return new JsonBytes(96)
        .raw("{\"t\":\"go\",\"v\":\"")
        .raw(advice)
        .raw("\",\"why\":")
        .string(problem.detail())
        .raw("}")
        .toBytes();
  }

  private static JsonBytes start(String type, @Nullable Long i) {
    JsonBytes json = new JsonBytes(128).raw("{\"t\":\"").raw(type).raw("\"");
    return i == null ? json : json.raw(",\"i\":").number(i);
  }

  private static void problem(JsonBytes json, Problem problem) {
    ErrorCode code = problem.code();
    json.raw("\"kind\":\"").raw(code.slug()).raw("\",\"code\":").number(code.number());
    json.raw(",\"msg\":").string(problem.detail());
    json.raw(",\"retry\":\"").raw(code.retry().name().toLowerCase(Locale.ROOT)).raw("\"");
  }

  /** 3.6. */
  private static void items(JsonBytes json, List<Publication> publications, long epoch) {
    String comma = "";
    for (Publication publication : publications) {
      json.raw(comma);
      comma = ",";
      item(json, publication, epoch);
    }
  }

  private static void item(JsonBytes json, Publication publication, long epoch) {
    Message message = publication.message();
    Position position = publication.position();
    json.raw("{\"o\":").number(position.offset());
    if (position.epoch() != epoch) {
      json.raw(",\"e\":").number(position.epoch());
    }
    json.raw(",\"n\":").string(message.event()).raw(",\"d\":");
    Payload payload = message.payload();
    switch (payload.form()) {
      case TEXT -> json.string(payload.bytes());
      case JSON -> json.raw(payload.bytes());
      case BINARY ->
          json.string(Base64.getEncoder().encode(payload.bytes())).raw(",\"enc\":\"b64\"");
    }
    String id = message.id();
    if (id != null) {
      json.raw(",\"id\":").string(id);
    }
    if (message.origin() instanceof Origin.Client(var connection, var clientId)
        && clientId != null) {
      json.raw(",\"by\":").string(clientId);
    }
    json.raw(",\"ts\":").number(publication.timestampMillis()).raw("}");
  }
}
