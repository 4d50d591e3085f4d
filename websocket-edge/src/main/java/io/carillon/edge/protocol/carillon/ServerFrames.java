package io.carillon.edge.protocol.carillon;

import io.carillon.core.engine.Roster;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.history.HistoryPage;
import io.carillon.core.hub.Delivery;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.Signal;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.session.Catchup;
import io.carillon.core.session.Catchup.Run;
import io.carillon.core.session.Session;
import io.carillon.core.session.SubscribeOutcome;
import io.carillon.edge.format.FrameWriter;
import io.carillon.edge.format.Symbol;
import io.carillon.edge.format.WireFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says, as whole messages of one wire format; the comments name the clauses. Each
 * frame is stated once, for all formats. Immutable.
 */
final class ServerFrames {
  private static final int FRAME_BYTES = 128;
  private static final int ITEM_BYTES = 96;

  private final WireFormat format;
  private final byte[] ping;
  private final byte[] pong;

  ServerFrames(WireFormat format) {
    this.format = format;
    this.ping = start(Words.PING, null).endMap().toBytes();
    this.pong = start(Words.PONG, null).endMap().toBytes();
  }

  WireFormat format() {
    return format;
  }

  /** 7.1. */
  byte[] ping() {
    return ping;
  }

  /** 7.2. */
  byte[] pong() {
    return pong;
  }

  /** 2.2. */
  byte[] welcome(@Nullable Long i, Session session, long heartbeatMillis) {
    FrameWriter frame = start(Words.WELCOME, i);
    frame.key(Keys.CONN).text(session.id().socketId());
    String clientId = session.rights().clientId();
    if (clientId != null) {
      frame.key(Keys.YOU).text(clientId);
    }
    frame.key(Keys.SESSION).text(session.secret().reveal());
    frame.key(Keys.MEMBER).text(session.memberKey());
    AppSettings.Limits limits = session.app().settings().limits();
    frame.key(Keys.HB).number(heartbeatMillis);
    frame.key(Keys.LIMITS).beginMap();
    frame.key(Keys.MESSAGE).number(limits.messageBytes());
    frame.key(Keys.CHANNELS).number(limits.channelsPerConnection());
    return frame.endMap().endMap().toBytes();
  }

  /** 2.7. */
  byte[] renewal(long inMillis) {
    return start(Words.REAUTH, null).key(Keys.IN).number(inMillis).endMap().toBytes();
  }

  /** 4.2 and 4.3. */
  byte[] subbed(@Nullable Long i, SubscribeOutcome.Subscribed outcome) {
    Catchup catchup = outcome.catchup();
    Position top =
        catchup.end().isAfter(outcome.head().top()) ? catchup.end() : outcome.head().top();
    FrameWriter frame = start(Words.SUBBED, i);
    frame.key(Keys.CH).text(outcome.channel().value());
    position(frame, top);
    frame.key(Keys.START).number(catchup.start().offset());
    if (catchup.start().epoch() != top.epoch()) {
      frame.key(Keys.SE).number(catchup.start().epoch());
    }
    switch (catchup.verdict()) {
      case FRESH -> {}
      case RECOVERED -> frame.key(Keys.RECOVERED).bool(true);
      case LOST_EPOCH -> lost(frame, Words.EPOCH);
      case LOST_EXPIRED -> lost(frame, Words.EXPIRED);
      case LOST_TOO_FAR -> lost(frame, Words.TOO_FAR);
    }
    return frame.endMap().toBytes();
  }

  private static void lost(FrameWriter frame, Symbol why) {
    frame.key(Keys.RECOVERED).bool(false).key(Keys.WHY).text(why);
  }

  /** 3.3, for one publication. */
  byte[] push(Publication publication) {
    Position position = publication.position();
    Position before = new Position(position.epoch(), position.offset() - 1);
    Run run = new Run(before, position, null, List.of(publication));
    return push(publication.channel().name(), run);
  }

  /** 3.5. */
  byte[] marker(ChannelName channel, Position top) {
    return push(channel, new Run(top, top, null, List.of()));
  }

  /** 3.8. */
  byte[] missed(Delivery.Missed missed) {
    Position to = missed.to();
    FrameWriter frame = start(Words.SUBBED, null);
    frame.key(Keys.CH).text(missed.channel().name().value());
    position(frame.key(Keys.F).number(missed.from().offset()), to);
    frame.key(Keys.START).number(to.offset());
    lost(frame, Words.SLOW);
    return frame.endMap().toBytes();
  }

  /** 3.3, and 3.7 for a run that begins an epoch. */
  byte[] push(ChannelName channel, Run run) {
    Position to = run.to();
    Position previous = run.previous();
    List<Publication> publications = run.publications();
    FrameWriter frame = start(Words.MSG, null, FRAME_BYTES + bytesOf(publications));
    frame.key(Keys.CH).text(channel.value());
    frame.key(Keys.E).number(to.epoch()).key(Keys.F).number(run.from().offset());
    frame.key(Keys.O).number(to.offset());
    if (previous != null) {
      position(frame.key(Keys.PREV).beginMap(), previous);
      frame.endMap();
    }
    items(frame, publications, to.epoch());
    return frame.endMap().toBytes();
  }

  /** 4.5. */
  byte[] ok(@Nullable Long i) {
    return start(Words.OK, i).endMap().toBytes();
  }

  /** 5.2. */
  byte[] published(@Nullable Long i, List<PublishOutcome> outcomes) {
    FrameWriter frame = start(Words.OK, i).key(Keys.R).beginArray(outcomes.size());
    for (PublishOutcome outcome : outcomes) {
      frame.beginMap();
      switch (outcome) {
        case PublishOutcome.Refused(var problem) -> problem(frame, problem);
        case PublishOutcome.Published(var position, var duplicate) -> {
          position(frame, position);
          if (duplicate) {
            frame.key(Keys.DUP).bool(true);
          }
        }
      }
      frame.endMap();
    }
    return frame.endArray().endMap().toBytes();
  }

  /** 6.2. */
  byte[] history(@Nullable Long i, HistoryPage page) {
    Position top = page.top();
    FrameWriter frame = start(Words.OK, i, FRAME_BYTES + bytesOf(page.publications()));
    items(frame, page.publications(), top.epoch());
    frame.key(Keys.MORE).bool(page.more());
    position(frame, top);
    return frame.endMap().toBytes();
  }

  /** 8.1. */
  byte[] error(@Nullable Long i, @Nullable String channel, Problem problem) {
    FrameWriter frame = start(Words.ERR, i);
    if (channel != null) {
      frame.key(Keys.CH).text(channel);
    }
    problem(frame, problem);
    return frame.endMap().toBytes();
  }

  /** 7.3. */
  byte[] go(Problem problem) {
    Symbol advice =
        switch (problem.code().retry()) {
          case NOW -> Words.NOW;
          case LATER -> Words.LATER;
          case TOKEN -> Words.TOKEN;
          case NO -> Words.FATAL;
        };
    FrameWriter frame = start(Words.GO, null).key(Keys.V).text(advice);
    return frame.key(Keys.WHY).text(problem.detail()).endMap().toBytes();
  }

  /** 9.4: a membership was refused, or has ended. */
  byte[] membershipError(String channel, Problem problem) {
    FrameWriter frame = start(Words.ERR, null).key(Keys.CH).text(channel);
    problem(frame.key(Keys.OF).text(Words.ENTER), problem);
    return frame.endMap().toBytes();
  }

  /** 9.6. */
  byte[] who(@Nullable Long i, Roster roster) {
    FrameWriter frame = start(Words.OK, i).key(Keys.V).number(roster.version());
    return frame.key(Keys.N).number(roster.entries().size()).endMap().toBytes();
  }

  /** 11.2. */
  byte[] signal(Signal signal) {
    FrameWriter frame = start(Words.EPH, null, FRAME_BYTES + ITEM_BYTES + signal.payload().size());
    frame.key(Keys.CH).text(signal.channel().name().value());
    frame.key(Keys.M).beginArray(1).beginMap();
    frame.key(Keys.N).text(signal.event()).key(Keys.D).payload(signal.payload());
    String key = signal.key();
    if (key != null) {
      frame.key(Keys.K).text(key);
    }
    frame.key(Keys.MEMBER).text(signal.sender().memberKey());
    String clientId = signal.sender().clientId();
    if (clientId != null) {
      frame.key(Keys.BY).text(clientId);
    }
    return frame.endMap().endArray().endMap().toBytes();
  }

  private FrameWriter start(Symbol type, @Nullable Long i) {
    return start(type, i, FRAME_BYTES);
  }

  private FrameWriter start(Symbol type, @Nullable Long i, int bytes) {
    FrameWriter frame = format.writer(bytes).beginMap().key(Keys.T).text(type);
    return i == null ? frame : frame.key(Keys.I).number(i);
  }

  private static void position(FrameWriter frame, Position position) {
    frame.key(Keys.E).number(position.epoch()).key(Keys.O).number(position.offset());
  }

  private static void problem(FrameWriter frame, Problem problem) {
    ErrorCode code = problem.code();
    frame.key(Keys.KIND).text(code.slug()).key(Keys.CODE).number(code.number());
    frame.key(Keys.MSG).text(problem.detail());
    Symbol retry =
        switch (code.retry()) {
          case NOW -> Words.NOW;
          case LATER -> Words.LATER;
          case TOKEN -> Words.TOKEN;
          case NO -> Words.NO;
        };
    frame.key(Keys.RETRY).text(retry);
    if (problem.afterMillis() > 0) {
      frame.key(Keys.AFTER).number(problem.afterMillis());
    }
  }

  /** About how long the items will be, so that a large one is not copied while it is written. */
  private static int bytesOf(List<Publication> publications) {
    int bytes = 0;
    for (Publication publication : publications) {
      int data = publication.message().size();
      bytes += ITEM_BYTES + data + (data >> 3);
    }
    return bytes;
  }

  /** 3.6. */
  private static void items(FrameWriter frame, List<Publication> publications, long epoch) {
    frame.key(Keys.M).beginArray(publications.size());
    for (Publication publication : publications) {
      item(frame, publication, epoch);
    }
    frame.endArray();
  }

  private static void item(FrameWriter frame, Publication publication, long epoch) {
    Message message = publication.message();
    Position position = publication.position();
    frame.beginMap().key(Keys.O).number(position.offset());
    if (position.epoch() != epoch) {
      frame.key(Keys.E).number(position.epoch());
    }
    frame.key(Keys.N).text(message.event());
    if (!ItemMeta.isWithoutData(message.meta())) {
      frame.key(Keys.D).payload(message.payload());
    }
    String id = message.id();
    if (id != null) {
      frame.key(Keys.ID).text(id);
    }
    if (message.origin() instanceof Origin.Client(var connection, var clientId)
        && clientId != null) {
      frame.key(Keys.BY).text(clientId);
    }
    ItemMeta.write(frame, message.meta());
    frame.key(Keys.TS).number(publication.timestampMillis()).endMap();
  }
}
