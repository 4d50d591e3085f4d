package io.carillon.redis;

import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The names of all keys and channels in Redis. What stands between the braces decides on the hash
 * slot, so that the keys of one step are together. Immutable.
 */
record Names(String prefix) {

  /** A channel of Redis. */
  record Channel(String name, int slot) {
    static Channel of(String name) {
      return new Channel(name, JedisClusterCRC16.getSlot(name));
    }

    byte[] bytes() {
      return Names.bytes(name);
    }
  }

  /** The keys of a log, in the order in which its scripts take them. */
  List<byte[]> log(ChannelId channel) {
    String tag = tag(channel);
    return List.of(
        bytes(prefix + ":log:" + tag),
        bytes(prefix + ":window:" + tag),
        bytes(prefix + ":ids:" + tag),
        bytes(prefix + ":ids-old:" + tag),
        bytes(prefix + ":latest:" + tag));
  }

  /** On which the publications and signals of a channel come. */
  Channel feed(ChannelId channel) {
    return Channel.of(prefix + ":feed:" + tag(channel));
  }

  /** On which counts and presence of a channel come; in the slot of the application. */
  Channel notices(ChannelId channel) {
    return Channel.of(prefix + ":notices:{" + channel.app() + "}:" + channel.name());
  }

  /** What the names of all its channels' notices begin with. */
  byte[] noticesOf(AppId app) {
    return bytes(prefix + ":notices:{" + app + "}:");
  }

  /** Something that an application has one of. */
  byte[] ofApp(String what, AppId app) {
    return bytes(prefix + ":" + what + ":{" + app + "}");
  }

  /** Something that an application has one of for each node. */
  byte[] ofApp(String what, AppId app, String node) {
    return bytes(prefix + ":" + what + ":{" + app + "}:" + node);
  }

  /** A budget; one of another size is another one. */
  byte[] ofBudget(Budget budget) {
    return bytes(
        prefix + ":budget:{" + budget.whose() + "}:" + budget.what() + ":" + budget.perSecond());
  }

  /** How often something was tried, by its digest. */
  byte[] ofAttempts(String digest) {
    return bytes(prefix + ":attempts:{" + digest + "}");
  }

  /** Something that there is one of. */
  byte[] ofAll(String what) {
    return bytes(prefix + ":{all}:" + what);
  }

  /** On which what concerns every node comes. */
  Channel control() {
    return Channel.of(prefix + ":{all}:control");
  }

  /** On which every node is asked. */
  Channel questions() {
    return Channel.of(prefix + ":{all}:questions");
  }

  /** On which the answers to one node's questions come. */
  Channel answers(String asker) {
    return Channel.of(prefix + ":{all}:answers:" + asker);
  }

  private static String tag(ChannelId channel) {
    return "{" + channel.app() + ":" + channel.name() + "}";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(long number) {
    return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static int slotOf(List<byte[]> keys) {
    return JedisClusterCRC16.getSlot(keys.getFirst());
  }
}
