package io.carillon.edge.protocol.pusher;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Payload;
import io.carillon.edge.format.ClientJson;
import io.carillon.edge.protocol.pusher.PusherCommand.ClientEvent;
import io.carillon.edge.protocol.pusher.PusherCommand.Counting;
import io.carillon.edge.protocol.pusher.PusherCommand.Ignored;
import io.carillon.edge.protocol.pusher.PusherCommand.Malformed;
import io.carillon.edge.protocol.pusher.PusherCommand.Missed;
import io.carillon.edge.protocol.pusher.PusherCommand.Ping;
import io.carillon.edge.protocol.pusher.PusherCommand.SignIn;
import io.carillon.edge.protocol.pusher.PusherCommand.Subscribe;
import io.carillon.edge.protocol.pusher.PusherCommand.Unsubscribe;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's messages: one JSON object with {@code event}, {@code channel} and {@code data};
 * {@code data} may be an object or, as some libraries send it, a string with JSON. Never throws for
 * what a client sent.
 */
final class PusherCommands {
  private PusherCommands() {}

  static PusherCommand decode(byte[] message) {
    try {
      return commandOf(Envelope.read(message));
    } catch (IOException e) {
      return malformed("not a JSON object (expected: an object with event and data)");
    }
  }

  private static PusherCommand commandOf(Envelope envelope) throws IOException {
    String event = envelope.event;
    if (event == null) {
      return malformed("no event (expected: event as a string)");
    }
    return switch (event) {
      case "pusher:ping" -> new Ping();
      case "pusher:subscribe" -> subscribe(envelope);
      case "carillon:missed" -> missed(envelope);
      case "pusher:unsubscribe" -> {
        String channel = envelope.fields().get("channel");
        yield channel == null ? noChannel("pusher:unsubscribe") : new Unsubscribe(channel);
      }
      case "pusher:signin" -> signIn(envelope.fields());
      default -> event.startsWith("client-") ? clientEvent(event, envelope) : new Ignored();
    };
  }

  private static PusherCommand subscribe(Envelope envelope) throws IOException {
    Map<String, String> fields = envelope.fields();
    String channel = fields.get("channel");
    return channel == null
        ? noChannel("pusher:subscribe")
        : new Subscribe(channel, fields.get("auth"), fields.get("channel_data"), envelope.counting);
  }

  private static PusherCommand missed(Envelope envelope) throws IOException {
    String channel = envelope.fields().get("channel");
    if (channel == null) {
      return noChannel("carillon:missed");
    }
    return envelope.counting instanceof Counting.Since(var position)
        ? new Missed(channel, position)
        : malformed("carillon:missed without a position (expected: carillon.since with e and o)");
  }

  private static PusherCommand signIn(Map<String, String> fields) {
    String auth = fields.get("auth");
    String userData = fields.get("user_data");
    return auth == null || userData == null
        ? malformed("pusher:signin without auth or user_data (expected: both as strings)")
        : new SignIn(auth, userData);
  }

  private static PusherCommand clientEvent(String event, Envelope envelope) {
    String channel = envelope.channel;
    if (channel == null) {
      return noChannel(event);
    }
    Payload data = envelope.data;
    return new ClientEvent(event, channel, data == null ? Payload.text("") : data);
  }

  private static Malformed noChannel(String event) {
    return malformed(
        ClientJson.shortened(event) + " without a channel (expected: its name as a string)");
  }

  private static Malformed malformed(String detail) {
    return new Malformed(Problem.of(ErrorCode.MALFORMED_FRAME, detail));
  }

  /** The outer object. */
  private static final class Envelope {
    private @Nullable String event;
    private @Nullable String channel;

    /** A string's content as {@link Payload.Form#TEXT}, anything else as JSON. */
    private @Nullable Payload data;

    /** What {@link #fields} has found besides. */
    private Counting counting = Counting.NO;

    static Envelope read(byte[] message) throws IOException {
      Envelope envelope = new Envelope();
      try (JsonParser parser = ClientJson.FACTORY.createParser(message)) {
        expectObject(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          JsonToken value = parser.nextToken();
          switch (field) {
            case "event" -> envelope.event = textOrNull(parser, value);
            case "channel" -> envelope.channel = textOrNull(parser, value);
            case "data" -> envelope.data = ClientJson.payload(parser);
            default -> parser.skipChildren();
          }
        }
        if (parser.nextToken() != null) {
          throw new IOException("more than one JSON value");
        }
      }
      return envelope;
    }

    /** The strings in {@code data}, be it an object or a string that holds one. */
    Map<String, String> fields() throws IOException {
      Map<String, String> fields = new HashMap<>();
      if (data == null) {
        return fields;
      }
      try (JsonParser parser = ClientJson.FACTORY.createParser(data.bytes())) {
        expectObject(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          JsonToken value = parser.nextToken();
          if (field.equals(CountingFields.FIELD)) {
            counting = CountingFields.read(parser);
            continue;
          }
          String text = textOrNull(parser, value);
          if (text != null) {
            fields.put(field, text);
          }
        }
      }
      return fields;
    }

    private static void expectObject(JsonParser parser) throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
    }

    private static @Nullable String textOrNull(JsonParser parser, JsonToken value)
        throws IOException {
      if (value == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
      parser.skipChildren();
      return null;
    }
  }
}
