package io.carillon.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client token says. Confined to who builds it. */
public final class TokenOptions {
  private static final int ID_LENGTH_MAX = 128;
  private static final Duration TTL = Duration.ofHours(1);
  private static final Duration TTL_MAX = Duration.ofHours(24);

  @Nullable String clientId;
  Duration ttl = TTL;
  final Map<String, List<String>> capabilities = new LinkedHashMap<>();

  TokenOptions() {}

  /**
   * Who the client is; without it, nobody in particular.
   *
   * @param id 1 to 128 characters
   * @throws IllegalArgumentException when it has another length
   */
  public TokenOptions clientId(String id) {
    requireNonNull(id, "id");
    if (id.isEmpty() || id.length() > ID_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "clientId: " + id.length() + " characters (expected: 1 to " + ID_LENGTH_MAX + ")");
    }
    clientId = id;
    return this;
  }

  /**
   * For how long it lives; an hour at first.
   *
   * @param life 1 second to 24 hours
   * @throws IllegalArgumentException when it is out of this range
   */
  public TokenOptions ttl(Duration life) {
    if (life.toSeconds() < 1 || life.compareTo(TTL_MAX) > 0) {
      throw new IllegalArgumentException("ttl: " + life + " (expected: 1 second to 24 hours)");
    }
    ttl = life;
    return this;
  }

  /**
   * Allows something on channels; call it once for each pattern.
   *
   * @param pattern a channel's name, in which {@code *} stands for any run
   * @param allowed at least one
   * @throws IllegalArgumentException when nothing is allowed
   */
  public TokenOptions allow(String pattern, Capability... allowed) {
    if (allowed.length == 0) {
      throw new IllegalArgumentException("allowed: nothing (expected: at least one capability)");
    }
    capabilities.put(
        requireNonNull(pattern, "pattern"), Stream.of(allowed).map(Capability::word).toList());
    return this;
  }
}
