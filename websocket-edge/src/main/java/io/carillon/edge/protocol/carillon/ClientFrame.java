package io.carillon.edge.protocol.carillon;

import io.carillon.core.error.Problem;
import io.carillon.core.hub.PresenceView;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client can say: see the protocol's text, whose clauses are named here. {@code i} is the
 * request's number, or null when it has none. Immutable.
 */
sealed interface ClientFrame {
  @Nullable Long i();

  /** What it tries to do, in a word for people. */
  default String word() {
    return switch (this) {
      case Sub sub -> "subscribe";
      case Unsub unsub -> "unsubscribe";
      case Pub pub -> "publish";
      case Hist hist -> "history";
      case Enter enter -> "presence";
      case Leave leave -> "presence";
      case Who who -> "presence";
      case Eph eph -> "signal";
      case Auth auth -> "authenticate";
      case Hello hello -> "authenticate";
      case Ping ping -> "ping";
      case Bye bye -> "bye";
      case Ignored ignored -> "frame";
      case Invalid invalid -> "frame";
    };
  }

  /** 2.1: who it is, by a token or by a key alone. */
  record Hello(@Nullable Long i, Credentials credentials, @Nullable String session)
      implements ClientFrame {
    /** One who is not a session of before. */
    static Hello by(Credentials credentials) {
      return new Hello(null, credentials, null);
    }
  }

  /** Who says hello: the first of them that is there counts, in this order. */
  record Credentials(@Nullable String token, @Nullable String ticket, @Nullable String key) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Credentials";
    }

    static Credentials ofToken(@Nullable String token) {
      return new Credentials(token, null, null);
    }

    static Credentials ofTicket(String ticket) {
      return new Credentials(null, ticket, null);
    }

    static Credentials ofKey(String key) {
      return new Credentials(null, null, key);
    }
  }

  /** 2.6: goes on with a new token. */
  record Auth(@Nullable Long i, String token) implements ClientFrame {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Auth";
    }
  }

  /** 4.1: asks for a channel. */
  record Sub(
      @Nullable Long i,
      String channel,
      @Nullable Position since,
      @Nullable Integer rewind,
      Attendance attendance)
      implements ClientFrame {
    Sub(@Nullable Long i, String channel, @Nullable Position since, @Nullable Integer rewind) {
      this(i, channel, since, rewind, Attendance.NONE);
    }
  }

  /**
   * 9.3: what a {@link Sub} says of presence.
   *
   * @param enter with what it enters, or null when it does not
   */
  record Attendance(PresenceView view, @Nullable Payload enter) {
    static final Attendance NONE = new Attendance(PresenceView.NONE, null);
  }

  /** 9.2: enters, or changes the data. */
  record Enter(@Nullable Long i, String channel, Payload data) implements ClientFrame {}

  /** 9.2: leaves. */
  record Leave(@Nullable Long i, String channel) implements ClientFrame {}

  /** 9.6: asks for a snapshot. */
  record Who(@Nullable Long i, String channel) implements ClientFrame {}

  /** 11.1: signals. */
  record Eph(@Nullable Long i, String channel, List<Item> items) implements ClientFrame {}

  /** 4.5: ends a subscription. */
  record Unsub(@Nullable Long i, String channel) implements ClientFrame {}

  /** 5.1: publishes messages in order. */
  record Pub(@Nullable Long i, String channel, List<Item> items) implements ClientFrame {}

  /**
   * One message of {@link Pub} or {@link Eph}.
   *
   * @param key replaces an earlier signal with the same one
   * @param meta extras, and the operation that it is; such a one may have no name, which is empty
   */
  record Item(String name, Payload data, @Nullable String id, @Nullable String key, Meta meta) {}

  /** 6.1: reads history. */
  record Hist(
      @Nullable Long i,
      String channel,
      @Nullable Position before,
      @Nullable Position after,
      int limit)
      implements ClientFrame {}

  /** 7.2: asks for a sign of life. */
  record Ping(@Nullable Long i) implements ClientFrame {}

  /** 7.5: the client is done. */
  record Bye(@Nullable Long i) implements ClientFrame {}

  /** 1.5: a type that nobody knows, or one without an answer. */
  record Ignored(@Nullable Long i) implements ClientFrame {}

  /** A frame that breaks the protocol. */
  record Invalid(@Nullable Long i, @Nullable String channel, Problem problem)
      implements ClientFrame {}
}
