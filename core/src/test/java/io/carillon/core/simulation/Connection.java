package io.carillon.core.simulation;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.Encoder;
import io.carillon.core.hub.SharedFrame;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Position;
import io.carillon.core.session.Catchup;
import io.carillon.core.session.Grant;
import io.carillon.core.session.Outlet;
import io.carillon.core.session.Resume;
import io.carillon.core.session.Rights;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.Session;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.session.Session.Opening;
import io.carillon.core.session.SessionLane;
import io.carillon.core.session.SubscribeCommand;
import io.carillon.core.session.SubscribeOutcome;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection to a node: what the native protocol's edge does, on the server's side and
 * on the wire, which is bounded, keeps its order and may break. For one thread.
 */
final class Connection implements Outlet {
  static final int WIRE_MAX = 60;

  private static final int LATENCY_MILLIS = 20;
  private static final Encoder ENCODER = new NativeEncoder();

  private final World world;
  private final Agenda agenda;
  private final SimulatedNode node;
  private final SessionLane lane;
  private final Client client;
  private final ArrayDeque<Frame> wire = new ArrayDeque<>();
  private final Set<Integer> answered = new HashSet<>();
  private @Nullable Session session;
  private boolean closed;
  private boolean reading;
  private boolean lostFrames;

  Connection(World world, SimulatedNode node, Client client) {
    this.world = world;
    this.agenda = world.agenda();
    this.node = node;
    this.lane = node.lane(agenda);
    this.client = client;
    send(this::open);
  }

  private record Deliveries(List<Delivery> all) implements SharedFrame {
    @Override
    public boolean isEmpty() {
      return all.isEmpty();
    }

    @Override
    public void release() {}
  }

  private static final class NativeEncoder implements Encoder {
    @Override
    public SharedFrame encode(List<Delivery> deliveries) {
      return new Deliveries(List.copyOf(deliveries));
    }

    @Override
    public boolean mayLeaveOut() {
      return false;
    }
  }

  SimulatedNode node() {
    return node;
  }

  /** What the client sends comes in its order. */
  private void send(Runnable request) {
    agenda.after(LATENCY_MILLIS, () -> lane.lane().execute(request));
  }

  private void open() {
    Opening opening = new Opening(new KeyId("key-1"), Rights.OF_KEY, this, ENCODER);
    if (!closed && node.node().open(lane, opening) instanceof OpenOutcome.Opened(var opened)) {
      session = opened;
    }
  }

  void subscribe(int request, ChannelId channel, Resume resume) {
    send(
        () -> {
          Session open = session;
          if (open != null && open.isOpen()) {
            // 4.4
            open.unsubscribe(channel.name());
            open.subscribe(
                new SubscribeCommand(channel.name(), new Grant.Signed(null), resume),
                outcome -> answer(request, channel, resume, outcome));
          }
        });
  }

  void unsubscribe(ChannelId channel) {
    send(
        () -> {
          Session open = session;
          if (open != null) {
            open.unsubscribe(channel.name());
          }
        });
  }

  private void answer(int request, ChannelId channel, Resume resume, SubscribeOutcome outcome) {
    if (!answered.add(request)) {
      throw world
          .truth()
          .violation(Invariant.ANSWERED_ONCE, channel, "request " + request + " again");
    }
    switch (outcome) {
      case SubscribeOutcome.Refused refused -> put(new Frame.Refused(request, channel));
      case SubscribeOutcome.CalledOff off -> {}
      case SubscribeOutcome.Subscribed(var name, var head, var roster, var catchup) -> {
        Resumes.check(world, channel, resume, catchup);
        put(new Frame.Subbed(request, channel, catchup.verdict(), catchup.start()));
        catchup.runs().forEach(run -> put(push(channel, run)));
        if (catchup.isCutShortOf(head.top())) {
          put(Frame.Push.marker(channel, head.top()));
        }
      }
    }
  }

  private static Frame push(ChannelId channel, Catchup.Run run) {
    Position to =
        run.publications().isEmpty() ? run.from() : run.publications().getLast().position();
    return new Frame.Push(channel, run.from().offset(), to, run.previous(), run.publications());
  }

  @Override
  public boolean offer(SharedFrame frame, int from, int to) {
    for (Delivery delivery : ((Deliveries) frame).all().subList(from, to)) {
      switch (delivery) {
        case Delivery.Published(var publication) -> put(Frame.Push.of(publication));
        case Delivery.Skipped(var channel, var upTo) -> {
          if (world.mutation() != Mutation.SKIP_IS_NOT_TOLD) {
            put(Frame.Push.marker(channel, upTo));
          }
        }
        default -> {}
      }
    }
    return false;
  }

  private void put(Frame frame) {
    if (closed) {
      return;
    }
    if (wire.size() < WIRE_MAX) {
      wire.addLast(frame);
      readLater();
    } else if (world.mutation() == Mutation.SLOW_CLIENT_LOSES_SILENTLY
        && frame instanceof Frame.Push) {
      lostFrames = true;
    } else {
      close(Problem.of(ErrorCode.SLOW_CONSUMER));
    }
  }

  /** Whether a fault of this connection's own took something away. */
  boolean hasLostFrames() {
    return lostFrames;
  }

  int waiting() {
    return wire.size();
  }

  private void readLater() {
    if (!reading) {
      reading = true;
      agenda.within(agenda.chance(world.weather().slowClients) ? 10_000 : 20, this::read);
    }
  }

  private void read() {
    reading = false;
    while (!closed && !wire.isEmpty()) {
      client.read(this, wire.removeFirst());
    }
  }

  @Override
  public void send(ServerEvent event) {}

  @Override
  public void endTurn() {}

  @Override
  public void tick(long nowNanos) {}

  /** On the lane. */
  @Override
  public void close(Problem problem) {
    agenda.note("world", client + " is closed: " + problem.code());
    breakNow();
    Session open = session;
    if (open != null) {
      open.ended();
    }
  }

  /** The network between breaks; each side learns of it by itself. */
  void cut() {
    breakNow();
    agenda.within(
        2_000,
        () ->
            lane.lane()
                .execute(
                    () -> {
                      Session open = session;
                      if (open != null) {
                        open.ended();
                      }
                    }));
  }

  private void breakNow() {
    if (!closed) {
      closed = true;
      wire.clear();
      agenda.within(1_000, () -> client.lost(this));
    }
  }
}
