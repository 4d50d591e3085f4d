package io.carillon.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection to a master, and what is known of the server behind it. Written by one thread and
 * read by one thread, which need not be the same.
 */
final class Wire extends Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

  /** What a log is written in when the server loses nothing by a restart. */
  private static final String DURABLE = "durable";

  private byte[] life = new byte[0];

  Wire(HostAndPort server, JedisClientConfig config) {
    super(server, config);
  }

  /** Which life of which server this is; see RATIONALE, epochs. */
  byte[] life() {
    return life;
  }

  /** Never fails: what was written and not sent is of no use to whoever lets go. */
  @Override
  public void close() {
    try {
      super.close();
    } catch (JedisException e) {
      LOG.debug("The connection to {} did not close well", getHostAndPort(), e);
    }
  }

  /** Sends what was written. */
  void push() {
    flush();
  }

  /** What the server says next; an error reply is thrown. */
  @Nullable Object pull() {
    return getUnflushedObject();
  }

  /**
   * Asks the server who it is.
   *
   * @throws JedisConnectionException when it is no master, so that another one may be tried
   */
  void getToKnow() {
    String info = text(executeCommand(Command.INFO));
    if (!"master".equals(field(info, "role"))) {
      throw new JedisConnectionException(
          getHostAndPort() + " is a " + field(info, "role") + " (expected: a master)");
    }
    String durable = field(info, "connected_slaves").equals("0") && writesThrough() ? DURABLE : "";
    life =
        (durable.isEmpty() ? field(info, "run_id") : durable).getBytes(StandardCharsets.US_ASCII);
  }

  /** Says so when the server may drop what is not to be dropped. */
  void warnOfEviction() {
    String policy = setting("maxmemory-policy");
    if (!policy.isEmpty() && !policy.equals("noeviction")) {
      LOG.warn(
          "Redis {} has maxmemory-policy {} (expected: noeviction, or logs vanish when memory is"
              + " short)",
          getHostAndPort(),
          policy);
    }
  }

  /** Whether the server knows the command. */
  boolean knows(Command command) {
    Object known = getOneOf(Command.COMMAND, "INFO", command.name());
    return known instanceof List<?> list && !list.isEmpty() && list.getFirst() != null;
  }

  private Object getOneOf(Command command, String... arguments) {
    sendCommand(command, arguments);
    return getOne();
  }

  /** Whether each write is on the disk before it is answered. */
  private boolean writesThrough() {
    return setting("appendonly").equals("yes") && setting("appendfsync").equals("always");
  }

  /** A setting of the server; empty when it does not tell. */
  private String setting(String name) {
    try {
      Object reply = getOneOf(Command.CONFIG, "GET", name);
      return reply instanceof List<?> pair && pair.size() == 2 ? text(pair.get(1)) : "";
    } catch (JedisDataException e) {
      return "";
    }
  }

  private static String field(String info, String name) {
    for (String line : info.split("\r\n", -1)) {
      if (line.startsWith(name + ":")) {
        return line.substring(name.length() + 1).toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private static String text(@Nullable Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }
}
