package io.carillon.redis;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.Signal;
import io.carillon.core.model.Signal.Sender;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages as bytes: a version, then fields, each with its tag and length. A frame is a message
 * with epoch, offset and time before it, eight bytes each, which the script puts there. Stateless.
 */
final class MessageCodec {
  static final int VERSION = 1;

  private static final int ID = 1;
  private static final int EVENT = 2;
  private static final int TEXT = 3;
  private static final int JSON = 4;
  private static final int BINARY = 5;

  /** The connection that sent it. */
  private static final int CLIENT = 6;

  /** The connection that a backend leaves out. */
  private static final int EXCLUDED = 7;

  private static final int USER = 8;
  private static final int EXTRAS = 9;
  private static final int OPERATION = 10;
  private static final int REF = 11;
  private static final int TARGET_EPOCH = 12;
  private static final int TARGET_OFFSET = 13;

  /** As often as there are such ids. */
  private static final int MERGED_ID = 14;

  /** Under which name everyone knows a signal's sender. */
  private static final int MEMBER_KEY = 15;

  /** A client sent it with a request of its own, not by a connection. */
  private static final int REQUEST = 16;

  /** Every node notes what becomes of it. */
  private static final int TRACED = 17;

  private static final int OVERHEAD_BYTES = 64;

  private MessageCodec() {}

  static byte[] encode(Message message) {
    Payload payload = message.payload();
    ByteWriter out = new ByteWriter(VERSION, message.size() + OVERHEAD_BYTES);
    out.text(ID, message.id()).text(EVENT, message.event());
    origin(out, message.origin());
    if (message.extras() != null) {
      out.bytes(EXTRAS, message.extras().bytes());
    }
    if (message.operation() != null) {
      operation(out, message.operation());
    }
    if (message.isTraced()) {
      out.number(TRACED, 1);
    }
    return out.bytes(tagOf(payload.form()), payload.bytes()).done();
  }

  static void origin(ByteWriter out, Origin origin) {
    switch (origin) {
      case Origin.Client(var connection, var userId) -> {
        if (connection == null) {
          out.number(REQUEST, 1);
        } else {
          out.number(CLIENT, connection.value());
        }
        out.text(USER, userId);
      }
      case Origin.Backend(var excluded) -> {
        if (excluded != null) {
          out.number(EXCLUDED, excluded.value());
        }
      }
    }
  }

  private static void operation(ByteWriter out, Operation operation) {
    out.text(OPERATION, operation.kind().name()).text(REF, operation.ref());
    Position target = operation.target();
    if (target != null) {
      out.number(TARGET_EPOCH, target.epoch()).number(TARGET_OFFSET, target.offset());
    }
    operation.mergedIds().forEach(id -> out.text(MERGED_ID, id));
  }

  static int tagOf(Payload.Form form) {
    return switch (form) {
      case TEXT -> TEXT;
      case JSON -> JSON;
      case BINARY -> BINARY;
    };
  }

  /** The publication whose frame is left in the buffer. */
  static Publication publication(ChannelId channel, ByteBuffer frame) {
    Position position = new Position(frame.getLong(), frame.getLong());
    long timestampMillis = frame.getLong();
    return new Publication(channel, position, decode(frame), timestampMillis);
  }

  static Message decode(ByteBuffer bytes) {
    return fields(bytes).message();
  }

  private static Fields fields(ByteBuffer bytes) {
    ByteReader in = new ByteReader(bytes, VERSION);
    Fields fields = new Fields();
    while (in.hasMore()) {
      fields.read(in);
    }
    return fields;
  }

  /** The fields of a message or signal that were read so far; confined to one decoding. */
  static final class Fields {
    private @Nullable String id;
    private String event = "";
    private Payload payload = Payload.text("");
    private @Nullable ConnectionId client;
    private boolean request;
    private @Nullable ConnectionId excluded;
    private @Nullable String user;
    private String memberKey = "";
    private @Nullable Payload extras;
    private Edit.@Nullable Kind kind;
    private String ref = "";
    private @Nullable Long targetEpoch;
    private long targetOffset;
    private boolean traced;
    private final List<String> mergedIds = new ArrayList<>(0);

    void read(ByteReader in) {
      switch (in.tag()) {
        case ID -> id = in.text();
        case EVENT -> event = in.text();
        case TEXT -> payload = Payload.of(Payload.Form.TEXT, in.bytes());
        case JSON -> payload = Payload.json(in.bytes());
        case BINARY -> payload = Payload.binary(in.bytes());
        case CLIENT -> client = new ConnectionId(in.number());
        case REQUEST -> request = in.number() == 1;
        case EXCLUDED -> excluded = new ConnectionId(in.number());
        case USER -> user = in.text();
        case MEMBER_KEY -> memberKey = in.text();
        case EXTRAS -> extras = Payload.json(in.bytes());
        case OPERATION -> kind = Edit.Kind.valueOf(in.text());
        case REF -> ref = in.text();
        case TARGET_EPOCH -> targetEpoch = in.number();
        case TARGET_OFFSET -> targetOffset = in.number();
        case MERGED_ID -> mergedIds.add(in.text());
        case TRACED -> traced = in.number() == 1;
        default -> in.bytes();
      }
    }

    Message message() {
      return new Message(id, event, payload, origin(), new Meta(extras, operation(), traced));
    }

    private Origin origin() {
      return client == null && !request
          ? new Origin.Backend(excluded)
          : new Origin.Client(client, user);
    }

    private @Nullable Operation operation() {
      if (kind == null) {
        return null;
      }
      Position target = targetEpoch == null ? null : new Position(targetEpoch, targetOffset);
      return new Operation(kind, ref, target, mergedIds);
    }

    /** The signal on this channel, whose key stands where a message has its id. */
    @Nullable Signal signal(ChannelId channel) {
      return client == null
          ? null
          : new Signal(channel, event, payload, id, new Sender(client, memberKey, user));
    }
  }

  static byte[] encode(Signal signal) {
    Payload payload = signal.payload();
    Sender sender = signal.sender();
    return new ByteWriter(VERSION, payload.size() + OVERHEAD_BYTES)
        .text(ID, signal.key())
        .text(EVENT, signal.event())
        .number(CLIENT, sender.connection().value())
        .text(MEMBER_KEY, sender.memberKey())
        .text(USER, sender.clientId())
        .bytes(tagOf(payload.form()), payload.bytes())
        .done();
  }

  static @Nullable Signal signal(ChannelId channel, ByteBuffer bytes) {
    return fields(bytes).signal(channel);
  }
}
