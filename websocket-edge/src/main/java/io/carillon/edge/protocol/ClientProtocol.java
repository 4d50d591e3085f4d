package io.carillon.edge.protocol;

import io.carillon.core.error.Problem;
import io.carillon.core.model.KeyId;
import io.carillon.core.session.Rights;
import io.carillon.core.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client protocol, found as a bean. Stateless: one instance serves all connections. */
public interface ClientProtocol {
  /** Whether a WebSocket upgrade of this path is this protocol's, be it right or wrong. */
  boolean owns(String path);

  /** The subprotocols (RFC 6455, 1.9) that it understands; a client need not name one. */
  default Set<String> subprotocols() {
    return Set.of();
  }

  /** Whether it is one of Carillon's own. */
  default boolean isNative() {
    return false;
  }

  /** Reads who is calling and in which dialect. */
  Greeting greet(Handshake handshake);

  /**
   * The request that opens a connection.
   *
   * @param path without the query
   * @param query decoded parameters, in the order in which they came
   * @param subprotocol the one of {@link #subprotocols} that was agreed on, or null
   */
  record Handshake(String path, Map<String, List<String>> query, @Nullable String subprotocol) {
    /** A request by which no subprotocol is agreed on. */
    public Handshake(String path, Map<String, List<String>> query) {
      this(path, query, null);
    }
  }

  /** The answer to a handshake. */
  sealed interface Greeting {
    Dialect dialect();

    /**
     * Go on, as far as the protocol is concerned.
     *
     * @param hello what the connection is told first
     */
    record Welcome(KeyId key, Rights rights, Dialect dialect, Function<Session, byte[]> hello)
        implements Greeting {}

    /** The client's first message says who it is: see {@link Dialect#open}. */
    record Awaited(Dialect dialect) implements Greeting {}

    /**
     * Close, after the opening handshake is done, so that the client sees why.
     *
     * @param key that was named, which proves nothing; null for none
     */
    record Refusal(Problem problem, Dialect dialect, @Nullable KeyId key) implements Greeting {
      public Refusal(Problem problem, Dialect dialect) {
        this(problem, dialect, null);
      }
    }
  }
}
