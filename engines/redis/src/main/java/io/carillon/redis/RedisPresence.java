package io.carillon.redis;

import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.Roster;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Presence in Redis: each entry says which node holds it, so that another one can take it over.
 * What this node holds is kept here as well, for a Redis that has lost it. Thread-safe; calls come
 * to Redis in their order.
 */
final class RedisPresence implements PresenceStore, Holdings {
  private final RedisBus bus;
  private final NodeId node;
  private final RedisMovements movements;

  /** What this node holds, as it was told. */
  private final Map<Place, Held> held = new ConcurrentHashMap<>();

  /** What Redis has not been told; the connection is gone. */
  private final Map<Departure, Boolean> untold = new ConcurrentHashMap<>();

  private final Set<Place> unrestored = ConcurrentHashMap.newKeySet();

  /** Applications in which an entry may wait for the end of its grace. */
  private final Set<AppId> waiting = ConcurrentHashMap.newKeySet();

  private volatile Listener listener = change -> {};

  RedisPresence(RedisBus bus, NodeId node, RedisMovements movements) {
    this.bus = bus;
    this.node = node;
    this.movements = movements;
    bus.on(RedisBus.Kind.PRESENCE, this::told);
  }

  private record Place(ChannelId channel, String key) {}

  /**
   * @param stamp when it was entered, as Redis says
   */
  private record Held(PresenceEntry entry, Hold hold, long stamp) {
    boolean isBy(ConnectionId connection) {
      return hold.connection().equals(connection);
    }
  }

  /**
   * @param grace whether the entry may stay for a while
   */
  private record Departure(Place place, ConnectionId connection, boolean grace) {}

  @Override
  public void listen(Listener told) {
    this.listener = told;
  }

  private void told(ChannelId channel, ByteBuffer change) {
    listener.changed(PresenceCodec.change(channel, change));
  }

  @Override
  public CompletionStage<EnterOutcome> enter(
      ChannelId channel, PresenceEntry entry, Hold hold, int usersMax) {
    Place place = new Place(channel, entry.key());
    untold.remove(new Departure(place, hold.connection(), false));
    untold.remove(new Departure(place, hold.connection(), true));
    return askToEnter(place, new Held(entry, hold, 0), usersMax)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                // it may be there all the same
                untold.put(new Departure(place, hold.connection(), false), true);
              } else if (Replies.number(reply, 0) == 1) {
                held.put(place, new Held(entry, hold, Replies.number(reply, 2)));
              }
            })
        .thenApply(
            reply ->
                Replies.number(reply, 0) == 1
                    ? new EnterOutcome.Entered(Replies.number(reply, 1))
                    : new EnterOutcome.Full((int) Replies.number(reply, 1)));
  }

  private CompletionStage<Object> askToEnter(Place place, Held wanted, int usersMax) {
    ChannelId channel = place.channel();
    node.use(channel.app());
    return ask(
        Script.ENTER,
        channel.app(),
        List.of(
            Names.bytes(channel.name().value()),
            Names.bytes(place.key()),
            PresenceCodec.connection(wanted.hold().connection()),
            Names.bytes(wanted.hold().grace().toMillis()),
            Names.bytes(node.id()),
            PresenceCodec.member(wanted.entry().member()),
            Names.bytes(usersMax),
            Names.bytes(wanted.stamp())));
  }

  @Override
  public CompletionStage<Void> leave(ChannelId channel, String key, ConnectionId connection) {
    return depart(new Departure(new Place(channel, key), connection, false));
  }

  @Override
  public CompletionStage<Void> lost(ChannelId channel, String key, ConnectionId connection) {
    return depart(new Departure(new Place(channel, key), connection, true));
  }

  private CompletionStage<Void> depart(Departure departure) {
    held.computeIfPresent(
        departure.place(),
        (place, current) -> current.isBy(departure.connection()) ? null : current);
    ChannelId channel = departure.place().channel();
    return ask(
            Script.LEAVE,
            channel.app(),
            List.of(
                Names.bytes(channel.name().value()),
                Names.bytes(departure.place().key()),
                PresenceCodec.connection(departure.connection()),
                Names.bytes(departure.grace() ? 1 : 0)))
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                untold.put(departure, true);
              } else if (Replies.number(reply, 0) > 0) {
                waiting.add(channel.app());
              }
            })
        .thenApply(reply -> null);
  }

  @Override
  public CompletionStage<Roster> roster(ChannelId channel) {
    return bus.read(call(Script.ROSTER, channel.app(), List.of(name(channel))))
        .thenApply(RedisPresence::roster);
  }

  private static byte[] name(ChannelId channel) {
    return Names.bytes(channel.name().value());
  }

  private static Roster roster(Object reply) {
    List<?> all = (List<?>) reply;
    List<PresenceCodec.Ordered> entries = new ArrayList<>(all.size() / 2);
    for (int i = 1; i < all.size(); i += 2) {
      entries.add(PresenceCodec.entry(Replies.bytes(reply, i), Replies.bytes(reply, i + 1)));
    }
    entries.sort(Comparator.comparingLong(PresenceCodec.Ordered::order));
    return new Roster(
        Replies.number(reply, 0), entries.stream().map(PresenceCodec.Ordered::entry).toList());
  }

  /** Whoever was lost and has not come back within its grace leaves; called every half second. */
  void sweep() {
    for (AppId app : List.copyOf(waiting)) {
      waiting.remove(app);
      ask(Script.DEPART, app, List.of())
          .whenComplete(
              (reply, failure) -> {
                if (failure != null || Replies.number(reply, 0) > 0) {
                  waiting.add(app);
                }
              });
    }
  }

  @Override
  public void retell() {
    Paced.over(
        List.copyOf(untold.keySet()),
        departure -> {
          untold.remove(departure);
          return depart(departure);
        });
    Paced.over(List.copyOf(unrestored), this::restore);
  }

  private CompletionStage<?> restore(Place place) {
    unrestored.remove(place);
    Held current = held.get(place);
    if (current == null) {
      return CompletableFuture.completedFuture(null);
    }
    return askToEnter(place, current, Integer.MAX_VALUE)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                unrestored.add(place);
              } else if (!current.equals(held.get(place))) {
                // it left meanwhile
                untold.put(new Departure(place, current.hold().connection(), true), true);
              }
            });
  }

  @Override
  public void retellAll() {
    unrestored.addAll(held.keySet());
  }

  @Override
  public CompletionStage<Long> sweep(AppId app, String dead) {
    node.use(app);
    return ask(Script.INHERIT, app, List.of(Names.bytes(dead), Names.bytes(node.id())))
        .thenApply(
            reply -> {
              waiting.add(app);
              return Replies.number(reply, 0);
            });
  }

  private CompletionStage<Object> ask(Script script, AppId app, List<byte[]> arguments) {
    return bus.write(call(script, app, arguments));
  }

  private Request.Call call(Script script, AppId app, List<byte[]> arguments) {
    Names names = bus.names();
    List<byte[]> keys =
        List.of(
            names.ofApp("versions", app),
            names.ofApp("absent", app),
            names.ofApp("here", app, ""),
            names.ofApp("users", app, ""),
            names.ofApp("held", app, ""),
            names.noticesOf(app),
            names.ofApp("movements", app));
    Request.Arguments all = new Request.Arguments(arguments, List.of(movements.flag(app)));
    return new Request.Call(script, Names.slotOf(keys), keys, all, null, true);
  }
}
