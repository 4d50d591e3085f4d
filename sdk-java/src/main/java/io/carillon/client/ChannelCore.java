package io.carillon.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel's inside, which all its views share: the feed, and who listens. Confined to the lane,
 * but for the lists of listeners, which any thread may change, and what is volatile.
 */
final class ChannelCore implements Feed.Listener {
  /** More changes of the state than these do not wait for a listener that is stuck. */
  private static final int CHANGES_MAX = 1_000;

  final List<Named<Message<Object>>> messages = new CopyOnWriteArrayList<>();
  final List<Consumer<Gap>> gaps = new CopyOnWriteArrayList<>();
  final List<Consumer<ChannelState>> states = new CopyOnWriteArrayList<>();
  final List<Sink> sinks = new CopyOnWriteArrayList<>();

  private final String name;
  private final Core core;
  private final Feed feed;
  private final Delivery delivery;
  private final Delivery changes;
  private final List<CompletableFuture<Position>> joiners = new ArrayList<>();
  private final Object holder = new Object();
  private final PresenceCore presence;
  private final SignalCore signals;
  private volatile ChannelState state = new ChannelState.Off();
  private volatile @Nullable Position processed;

  ChannelCore(Core core, String name, ChannelOptions options) {
    this.core = core;
    this.name = name;
    Settings settings = core.settings();
    this.feed = new Feed(core, name, this);
    this.delivery = new Delivery(settings.listeners, settings.buffer, this::roomAgain);
    this.changes = new Delivery(settings.listeners, CHANGES_MAX, () -> {});
    this.processed = options.since;
    this.presence = new PresenceCore(this, feed);
    this.signals = new SignalCore(core, name);
    feed.begin(options.rewind, options.since);
  }

  PresenceCore presence() {
    return presence;
  }

  SignalCore signals() {
    return signals;
  }

  String name() {
    return name;
  }

  Core core() {
    return core;
  }

  ChannelState state() {
    return state;
  }

  @Nullable Position processed() {
    return processed;
  }

  /** Any thread may. */
  void use(Object user) {
    core.lane().execute(() -> feed.use(user));
  }

  /** Any thread may. */
  void release(Object user) {
    core.lane().execute(() -> feed.release(user));
  }

  /** Any thread may. */
  void hold() {
    use(holder);
  }

  /** Any thread may. */
  void leave() {
    core.lane().execute(feed::leave);
  }

  /** Where live messages began, as soon as they flow; completed on the lane. Any thread may ask. */
  CompletableFuture<Position> joined() {
    CompletableFuture<Position> joiner = new CompletableFuture<>();
    core.lane()
        .execute(
            () -> {
              joiners.add(joiner);
              tellJoiners(feed.state());
            });
    return joiner;
  }

  private void tellJoiners(ChannelState now) {
    if (joiners.isEmpty() || now instanceof ChannelState.Joining) {
      return;
    }
    List<CompletableFuture<Position>> all = List.copyOf(joiners);
    joiners.clear();
    Position start = feed.start();
    for (CompletableFuture<Position> joiner : all) {
      if (now instanceof ChannelState.Live && start != null) {
        joiner.complete(start);
      } else {
        joiner.completeExceptionally(
            now instanceof ChannelState.Failed failed
                ? failed.reason()
                : CarillonException.of(ClientError.DETACHED, name));
      }
    }
  }

  @Override
  public boolean hasRoom() {
    return delivery.hasRoom() && sinks.stream().allMatch(Sink::hasRoom);
  }

  /** A reader has caught up; any thread may say so. */
  void roomAgain() {
    core.lane()
        .execute(
            () -> {
              if (delivery.isHalfEmpty() && sinks.stream().allMatch(Sink::isHalfEmpty)) {
                feed.resume();
              }
            });
  }

  @Override
  public void delivered(Frame item, long epoch) {
    Message<Object> message = Message.of(item, epoch);
    sinks.forEach(sink -> sink.message(message));
    delivery.put(() -> process(message));
  }

  private void process(Message<Object> message) {
    for (Named<Message<Object>> each : messages) {
      try {
        each.tell(message.name(), message);
      } catch (RuntimeException | Error thrown) {
        Threads.report(thrown);
      }
    }
    processed = message.position();
  }

  /** At once where nothing waits, so that it is known when whoever joins is told so. */
  @Override
  public void moved(Position to) {
    if (delivery.isIdle()) {
      processed = to;
    } else {
      delivery.put(() -> processed = to);
    }
  }

  @Override
  public void changed(ChannelState now) {
    state = now;
    tellJoiners(now);
    if (now instanceof ChannelState.Off) {
      delivery.put(() -> processed = null);
      presence.left();
    }
    if (now instanceof ChannelState.Off || now instanceof ChannelState.Failed) {
      CarillonException reason = now instanceof ChannelState.Failed failed ? failed.reason() : null;
      List.copyOf(sinks).forEach(sink -> sink.ended(reason));
    }
    if (!states.isEmpty() && changes.hasRoom()) {
      changes.put(() -> states.forEach(listener -> listener.accept(now)));
    }
  }

  @Override
  public void missed(Gap gap) {
    delivery.put(() -> gaps.forEach(listener -> listener.accept(gap)));
  }

  @Override
  public void asking(FrameText sub) {
    presence.asking(sub);
  }

  @Override
  public boolean isMember() {
    return presence.isEntered();
  }
}
