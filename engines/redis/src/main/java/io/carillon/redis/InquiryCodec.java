package io.carillon.redis;

import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.ConnectionFacts;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.engine.Inquiries.Sampling;
import io.carillon.core.engine.Inquiries.TracesOf;
import io.carillon.core.model.AddressRange;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Client;
import io.carillon.core.model.Client.Protocol;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Position;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Questions to all nodes, and their answers, as bytes. Stateless. */
final class InquiryCodec {
  static final int VERSION = 1;
  static final int ROW_BYTES = 250;

  private static final int ASKER = 1;
  private static final int NUMBER = 2;
  private static final int APP = 3;
  private static final int KIND = 4;
  private static final int KEY = 5;
  private static final int FILTER = 6;
  private static final int CONNECTION = 7;
  private static final int LIMIT = 8;
  private static final int COUNT = 9;
  private static final int CONNECTIONS = 10;
  private static final int REFUSALS = 11;
  static final int ROW = 12;
  private static final int USER = 13;
  private static final int PROTOCOL = 14;
  private static final int LIBRARY = 15;
  private static final int RANGE_KIND = 16;
  private static final int RANGE_BITS = 17;
  private static final int AT = 18;
  private static final int WHAT = 19;
  private static final int CODE = 20;
  private static final int CHANNEL = 21;
  private static final int REASON = 22;
  private static final int ID = 23;
  private static final int EPOCH = 24;
  private static final int OFFSET = 25;
  private static final int PATTERN = 26;
  private static final int EVERY = 27;
  private static final int SECONDS = 28;
  private static final int TRACES = 29;

  private InquiryCodec() {}

  /**
   * A question on its way.
   *
   * @param asker whom the answer goes to
   * @param question null when it is one that only newer nodes know
   */
  record Asked(String asker, long number, @Nullable Question question) {}

  /**
   * An answer on its way.
   *
   * @param answer null when the node knew none
   */
  record Answered(long number, @Nullable Answer answer) {}

  static byte[] encode(String asker, long number, Question question) {
    ByteWriter out =
        new ByteWriter(VERSION, ROW_BYTES)
            .text(ASKER, asker)
            .number(NUMBER, number)
            .text(APP, question.app().value());
    switch (question) {
      case Question.CountConnections(var app, var key) ->
          out.text(KIND, "count").text(KEY, key == null ? null : key.value());
      case Question.ListConnections(var app, var filter, var after, var limit) -> {
        out.text(KIND, "list").text(FILTER, filter).number(LIMIT, limit);
        if (after != null) {
          out.number(CONNECTION, after.value());
        }
      }
      case Question.CloseConnection(var app, var connection) ->
          out.text(KIND, "close").number(CONNECTION, connection.value());
      case Question.ListRefusals(var app, var limit) ->
          out.text(KIND, "refusals").number(LIMIT, limit);
      case Question.ListTraces(var app, var of, var limit) -> {
        out.text(KIND, "traces").number(LIMIT, limit).text(ID, of.id());
        out.text(CHANNEL, of.channel());
        Position position = of.position();
        if (position != null) {
          out.number(EPOCH, position.epoch()).number(OFFSET, position.offset());
        }
      }
      case Question.TraceNext(var app, var sampling) ->
          out.text(KIND, "trace-next")
              .text(PATTERN, sampling.channels().text())
              .number(EVERY, sampling.every())
              .number(LIMIT, sampling.messages())
              .number(SECONDS, sampling.seconds());
    }
    return out.done();
  }

  static Asked question(ByteBuffer bytes) {
    InquiryFields fields = new InquiryFields(bytes);
    AppId app = new AppId(fields.text(APP));
    String key = fields.textOrNull(KEY);
    Long connection = fields.numberOrNull(CONNECTION);
    ConnectionId id = connection == null ? null : new ConnectionId(connection);
    int limit = (int) fields.number(LIMIT);
    Question question =
        switch (fields.text(KIND)) {
          case "count" -> new Question.CountConnections(app, key == null ? null : new KeyId(key));
          case "list" -> new Question.ListConnections(app, fields.text(FILTER), id, limit);
          case "close" ->
              new Question.CloseConnection(app, Objects.requireNonNull(id, "connection"));
          case "refusals" -> new Question.ListRefusals(app, limit);
          case "traces" -> new Question.ListTraces(app, tracesOf(fields), limit);
          case "trace-next" ->
              new Question.TraceNext(
                  app,
                  new Sampling(
                      new ChannelPattern(fields.text(PATTERN)),
                      (int) fields.number(EVERY),
                      limit,
                      (int) fields.number(SECONDS)));
          default -> null;
        };
    return new Asked(fields.text(ASKER), fields.number(NUMBER), question);
  }

  private static TracesOf tracesOf(InquiryFields fields) {
    Long epoch = fields.numberOrNull(EPOCH);
    return new TracesOf(
        fields.textOrNull(ID),
        fields.textOrNull(CHANNEL),
        epoch == null ? null : new Position(epoch, fields.number(OFFSET)));
  }

  static byte[] encode(long number, Answer answer) {
    ByteWriter out = new ByteWriter(VERSION, ROW_BYTES).number(NUMBER, number);
    switch (answer) {
      case Answer.Count(var count) -> out.number(COUNT, count);
      case Answer.Connections(var rows) -> {
        out.number(CONNECTIONS, rows.size());
        rows.forEach(row -> out.bytes(ROW, row(row)));
      }
      case Answer.Refusals(var rows) -> {
        out.number(REFUSALS, rows.size());
        rows.forEach(row -> out.bytes(ROW, row(row)));
      }
      case Answer.Traces(var rows) -> {
        out.number(TRACES, rows.size());
        rows.forEach(row -> out.bytes(ROW, TraceCodec.encode(row)));
      }
    }
    return out.done();
  }

  static Answered answer(ByteBuffer bytes) {
    InquiryFields fields = new InquiryFields(bytes);
    long number = fields.number(NUMBER);
    if (fields.has(COUNT)) {
      return new Answered(number, new Answer.Count((int) fields.number(COUNT)));
    }
    if (fields.has(CONNECTIONS)) {
      return new Answered(
          number,
          new Answer.Connections(fields.rows().stream().map(InquiryCodec::connection).toList()));
    }
    if (fields.has(TRACES)) {
      return new Answered(
          number, new Answer.Traces(fields.rows().stream().map(TraceCodec::trace).toList()));
    }
    return new Answered(
        number,
        fields.has(REFUSALS)
            ? new Answer.Refusals(fields.rows().stream().map(InquiryCodec::refusal).toList())
            : null);
  }

  private static byte[] row(ConnectionFacts facts) {
    Client client = facts.client();
    return new ByteWriter(VERSION, ROW_BYTES)
        .number(CONNECTION, facts.id().value())
        .text(KEY, facts.key().value())
        .text(USER, facts.user())
        .text(PROTOCOL, client.protocol().name())
        .text(LIBRARY, client.library())
        .text(RANGE_KIND, client.from().kind().name())
        .number(RANGE_BITS, client.from().bits())
        .number(AT, facts.sinceMillis())
        .number(COUNT, facts.subscriptions())
        .done();
  }

  private static ConnectionFacts connection(InquiryFields row) {
    AddressRange from =
        new AddressRange(AddressRange.Kind.valueOf(row.text(RANGE_KIND)), row.number(RANGE_BITS));
    return new ConnectionFacts(
        new ConnectionId(row.number(CONNECTION)),
        new KeyId(row.text(KEY)),
        row.textOrNull(USER),
        new Client(Protocol.valueOf(row.text(PROTOCOL)), row.text(LIBRARY), from),
        row.number(AT),
        (int) row.number(COUNT));
  }

  private static byte[] row(RefusalFacts facts) {
    return new ByteWriter(VERSION, ROW_BYTES)
        .number(AT, facts.atMillis())
        .text(WHAT, facts.what())
        .number(CODE, facts.code())
        .text(CHANNEL, facts.channel())
        .text(KEY, facts.key())
        .text(CONNECTION, facts.connection())
        .text(REASON, facts.reason())
        .done();
  }

  private static RefusalFacts refusal(InquiryFields row) {
    return new RefusalFacts(
        row.number(AT),
        row.text(WHAT),
        (int) row.number(CODE),
        row.textOrNull(CHANNEL),
        row.textOrNull(KEY),
        row.textOrNull(CONNECTION),
        row.text(REASON));
  }
}
