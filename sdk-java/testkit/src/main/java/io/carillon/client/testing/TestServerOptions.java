package io.carillon.client.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a test server works. Confined to who builds it. */
public final class TestServerOptions {
  private static final long HEARTBEAT_MILLIS = 25_000;

  long heartbeatMillis = HEARTBEAT_MILLIS;
  @Nullable String key;
  Function<String, Optional<String>> clientIds = token -> Optional.empty();

  TestServerOptions() {}

  /** So long after the last word clients expect another; 25 seconds at first. */
  public TestServerOptions heartbeat(Duration silence) {
    heartbeatMillis = silence.toMillis();
    return this;
  }

  /** The application's key; any if this is not called. */
  public TestServerOptions key(String onlyKey) {
    key = requireNonNull(onlyKey, "key");
    return this;
  }

  /** Who a client is, by its token; else the claim {@code sub} says it, when the token is a JWT. */
  public TestServerOptions clientIds(Function<String, Optional<String>> clientIdOfToken) {
    clientIds = requireNonNull(clientIdOfToken, "clientIds");
    return this;
  }
}
