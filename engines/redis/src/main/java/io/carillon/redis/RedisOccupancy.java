package io.carillon.redis;

import io.carillon.core.engine.Occupancy;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.ChannelName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Subscription counts in Redis, for each channel and node. A node tells how many it has, not what
 * changed, so that telling it again is harmless. What this node has is guarded by its entry in the
 * map, in which it is told, too, so that it comes to Redis in its order.
 */
final class RedisOccupancy implements Occupancy, Holdings {
  private final RedisBus bus;
  private final NodeId node;
  private final RedisMovements movements;
  private final ConcurrentHashMap<ChannelId, Integer> own = new ConcurrentHashMap<>();
  private final Set<ChannelId> untold = ConcurrentHashMap.newKeySet();
  private volatile Listener listener = (channel, subscriptions) -> {};

  RedisOccupancy(RedisBus bus, NodeId node, RedisMovements movements) {
    this.bus = bus;
    this.node = node;
    this.movements = movements;
    bus.on(RedisBus.Kind.COUNT, this::told);
  }

  @Override
  public void listen(Listener told) {
    this.listener = told;
  }

  private void told(ChannelId channel, ByteBuffer count) {
    listener.counted(channel, (int) count.getLong());
  }

  @Override
  public void added(ChannelId channel) {
    own.compute(
        channel,
        (id, count) -> {
          int now = count == null ? 1 : count + 1;
          tell(channel, now);
          return now;
        });
  }

  @Override
  public void removed(ChannelId channel) {
    own.computeIfPresent(
        channel,
        (id, count) -> {
          tell(channel, count - 1);
          return count == 1 ? null : count - 1;
        });
  }

  private CompletionStage<Object> tell(ChannelId channel, int count) {
    node.use(channel.app());
    boolean listed = channel.kind() != ChannelKind.INTERNAL && channel.kind() != ChannelKind.USER;
    AppId app = channel.app();
    List<byte[]> keys = keys(app, node.id());
    CompletionStage<Object> answer =
        bus.write(
            new Request.Call(
                Script.COUNT,
                Names.slotOf(keys),
                keys,
                new Request.Arguments(
                    List.of(
                        Names.bytes(channel.name().value()),
                        Names.bytes(count),
                        Names.bytes(listed ? 1 : 0),
                        bus.names().notices(channel).bytes(),
                        movements.flag(app)),
                    List.of()),
                null,
                true));
    answer.whenComplete(
        (total, failure) -> {
          if (failure != null) {
            untold.add(channel);
          }
        });
    return answer;
  }

  private List<byte[]> keys(AppId app, String of) {
    Names names = bus.names();
    return List.of(
        names.ofApp("counts", app),
        names.ofApp("occupied", app),
        names.ofApp("own", app, of),
        names.ofApp("movements", app));
  }

  /** On the way of the changes, so that it sees those that were made before. */
  @Override
  public CompletionStage<Integer> subscriptions(ChannelId channel) {
    List<byte[]> keys = keys(channel.app(), node.id());
    return bus.write(
            new Request.Call(
                Script.COUNTED,
                Names.slotOf(keys),
                keys,
                new Request.Arguments(List.of(Names.bytes(channel.name().value())), List.of()),
                null,
                true))
        .thenApply(reply -> (int) Replies.number(reply, 0));
  }

  @Override
  public CompletionStage<List<ChannelId>> occupied(
      AppId app, String prefix, String after, int limit) {
    List<byte[]> keys = keys(app, node.id());
    return bus.write(
            new Request.Call(
                Script.OCCUPIED,
                Names.slotOf(keys),
                keys,
                new Request.Arguments(
                    List.of(Names.bytes(prefix), Names.bytes(after), Names.bytes(limit)),
                    List.of()),
                null,
                true))
        .thenApply(
            reply ->
                ((List<?>) reply)
                    .stream()
                        .map(name -> ChannelName.of(Names.text((byte[]) name)))
                        .map(name -> ChannelId.of(app, name))
                        .toList());
  }

  @Override
  public void retell() {
    Paced.over(List.copyOf(untold), this::retell);
  }

  @Override
  public void retellAll() {
    untold.addAll(own.keySet());
  }

  private CompletionStage<Object> retell(ChannelId channel) {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    own.compute(
        channel,
        (id, count) -> {
          untold.remove(channel);
          tell(channel, count == null ? 0 : count)
              .whenComplete((total, failure) -> answer.complete(channel));
          return count;
        });
    return answer;
  }

  @Override
  public CompletionStage<Long> sweep(AppId app, String dead) {
    List<byte[]> keys = keys(app, dead);
    return bus.write(
            new Request.Call(
                Script.UNCOUNT,
                Names.slotOf(keys),
                keys,
                new Request.Arguments(
                    List.of(bus.names().noticesOf(app), movements.flag(app)), List.of()),
                null,
                true))
        .thenApply(reply -> Replies.number(reply, 0));
  }
}
