package io.carillon.edge.protocol;

import io.carillon.core.error.Problem;
import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.Encoder;
import io.carillon.core.session.KeepAlive.Timeouts;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.Session;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version of a protocol speaks. Stateless and shared by connections; the messages are
 * complete and whole, and a carrier puts its own framing around them.
 */
public interface Dialect {
  /** Whether messages are bytes in both directions, or else UTF-8 text. */
  default boolean isBinary() {
    return false;
  }

  /**
   * Reads the first message of a connection whose greeting was {@link Greeting.Awaited}; the answer
   * is not that again.
   */
  default Greeting open(byte[] message) {
    throw new UnsupportedOperationException("this dialect's clients say who they are in the URL");
  }

  /** Acts on what came in the same message behind the part that {@link #open} has read. */
  default Reply receiveRest(Session session, Voice voice, byte[] message) {
    return Reply.SILENCE;
  }

  /**
   * Acts on a message; called on the session's lane, never throws for what a client sent.
   *
   * @param voice says answers that come later, on the session's lane
   */
  Reply receive(Session session, Voice voice, byte[] message);

  /** What one connection is told of the event: any number of messages. */
  List<byte[]> encode(ServerEvent event);

  /** The message that every subscriber gets of the delivery; empty when it is not told of it. */
  byte[] encodeShared(Delivery delivery);

  /** See {@link io.carillon.core.hub.Encoder#mayLeaveOut}. */
  default boolean mayLeaveOut() {
    return true;
  }

  /** When its silent clients are asked for a sign of life, and given up. */
  Timeouts timeouts();

  /** What a silent client is asked with, or null for the carrier's own means. */
  default byte @Nullable [] ping() {
    return null;
  }

  /** What is said before the connection is closed for this reason. */
  List<byte[]> farewell(Problem problem);

  /** The close code for the reason. */
  int closeCode(Problem problem);

  /** A connection, for answers. */
  interface Voice {
    /** Sends the message; on the session's lane only, and nothing once the connection is closed. */
    void say(byte[] message);

    /**
     * How this carrier writes what all subscribers of another dialect of the same protocol are
     * told; null where it has only the one that the connection was opened with.
     */
    default @Nullable Encoder encoder(Dialect other) {
      return null;
    }

    /** Who keeps the client's positions, or null when the client does. */
    default @Nullable Follower follower() {
      return null;
    }
  }

  /** What the carrier does after a message; what the session says goes its own way. */
  sealed interface Reply {
    /** Nothing. */
    record Silence() implements Reply {}

    /** Send these. */
    record Send(List<byte[]> messages) implements Reply {
      public static Send of(byte[] message) {
        return new Send(List.of(message));
      }
    }

    /** Close for this reason. */
    record Close(Problem problem) implements Reply {}

    /** Close, because the client is done. */
    record End() implements Reply {}

    Reply SILENCE = new Silence();
  }
}
