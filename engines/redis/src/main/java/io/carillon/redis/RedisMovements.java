package io.carillon.redis;

import io.carillon.core.engine.Movement;
import io.carillon.core.engine.Movements;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Movements in a stream of Redis for each application, written by the scripts that count and keep
 * presence. Thread-safe.
 */
final class RedisMovements implements Movements {
  private static final int PARTS = 4;
  private static final long SEQUENCE_MASK = (1L << Movement.ID_BITS) - 1;

  /** What a script is to record: nothing, movements, counts, both. */
  private static final List<byte[]> FLAGS = IntStream.range(0, 4).mapToObj(Names::bytes).toList();

  private final RedisBus bus;
  private volatile Predicate<AppId> followed = app -> false;
  private volatile Predicate<AppId> counted = app -> false;

  RedisMovements(RedisBus bus) {
    this.bus = bus;
  }

  @Override
  public void follow(Predicate<AppId> wanted) {
    this.followed = wanted;
  }

  @Override
  public void followCounts(Predicate<AppId> wanted) {
    this.counted = wanted;
  }

  /** The argument that says to a script what to record. */
  byte[] flag(AppId app) {
    return FLAGS.get((followed.test(app) ? 1 : 0) + (counted.test(app) ? 2 : 0));
  }

  @Override
  public CompletionStage<Map<ChannelId, Integer>> takeCounts(AppId app, int limit) {
    return bus.write(call(Script.NUMBERS, app, List.of(Names.bytes(limit))))
        .thenApply(
            reply -> {
              List<?> all = (List<?>) reply;
              Map<ChannelId, Integer> counts = new HashMap<>();
              for (int i = 0; i < all.size(); i += 2) {
                ChannelName name = ChannelName.of(Names.text(Replies.bytes(all, i)));
                counts.put(ChannelId.of(app, name), (int) Replies.number(all, i + 1));
              }
              return counts;
            });
  }

  @Override
  public CompletionStage<List<Movement>> read(AppId app, long after, int limit) {
    return bus.read(call(Script.MOVED, app, List.of(Names.bytes(id(after)), Names.bytes(limit))))
        .thenApply(reply -> movements(app, (List<?>) reply));
  }

  @Override
  public CompletionStage<Void> forget(AppId app, long upTo) {
    return bus.write(call(Script.UNMOVED, app, List.of(Names.bytes(id(upTo + 1)))))
        .thenApply(reply -> null);
  }

  private Request.Call call(Script script, AppId app, List<byte[]> arguments) {
    List<byte[]> keys =
        List.of(bus.names().ofApp("movements", app), bus.names().ofApp("counts", app));
    return new Request.Call(
        script, Names.slotOf(keys), keys, new Request.Arguments(arguments, List.of()), null, true);
  }

  private static List<Movement> movements(AppId app, List<?> reply) {
    List<Movement> movements = new ArrayList<>(reply.size() / PARTS);
    for (int i = 0; i < reply.size(); i += PARTS) {
      ChannelName channel = ChannelName.of(Names.text(Replies.bytes(reply, i + 2)));
      movements.add(
          new Movement(
              number(Names.text(Replies.bytes(reply, i))),
              ChannelId.of(app, channel),
              kind(Replies.bytes(reply, i + 1)[0]),
              Names.text(Replies.bytes(reply, i + 3))));
    }
    return movements;
  }

  private static Movement.Kind kind(byte letter) {
    return switch (letter) {
      case 'O' -> Movement.Kind.OCCUPIED;
      case 'V' -> Movement.Kind.VACATED;
      case 'J' -> Movement.Kind.JOINED;
      case 'L' -> Movement.Kind.LEFT;
      default -> throw new IllegalStateException("movement: " + letter + " (expected: O V J L)");
    };
  }

  /** A stream's ids are milliseconds and a number within them. */
  private static String id(long number) {
    return (number >>> Movement.ID_BITS) + "-" + (number & SEQUENCE_MASK);
  }

  private static long number(String id) {
    int dash = id.indexOf('-');
    return (Long.parseLong(id, 0, dash, 10) << Movement.ID_BITS)
        | Long.parseLong(id, dash + 1, id.length(), 10);
  }
}
