package io.carillon.core.engine;

import io.carillon.core.model.Position;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of a traced publication. Immutable.
 *
 * @param node its name, for as long as its process lives
 * @param accepted what the node that took it in knows; null on the others
 * @param handed what it was handed to on this node; null when nobody was subscribed there
 */
public record TraceFacts(
    String node, Subject of, @Nullable Accepted accepted, @Nullable Handed handed) {

  /**
   * What was traced, without its data.
   *
   * @param channel its name
   * @param id of the message, or null when it had none
   * @param bytes of its data and extras
   */
  public record Subject(
      String channel, Position position, @Nullable String id, String event, int bytes) {}

  /**
   * How it was taken in.
   *
   * @param atMillis when, since 1970, by the node's clock
   * @param key by which it came, or null
   * @param logMicros until it was in the log
   * @param archiveMicros until it was in the archive as well; null when it is not archived, or not
   *     yet
   * @param duplicate whether its id was known, so that nobody was handed it again
   */
  public record Accepted(
      long atMillis,
      @Nullable String key,
      long logMicros,
      @Nullable Long archiveMicros,
      boolean duplicate) {}

  /**
   * What became of it on the node's connections, until now.
   *
   * @param firstMillis when the first connections were handed it, by the node's clock
   * @param lastMillis when the last ones were
   * @param bytes written or waiting for sockets
   * @param sockets how many subscriptions had which fate; none that nobody had
   */
  public record Handed(
      long firstMillis, long lastMillis, long bytes, Map<TraceFate, Integer> sockets) {
    public Handed {
      sockets = Map.copyOf(sockets);
    }
  }
}
