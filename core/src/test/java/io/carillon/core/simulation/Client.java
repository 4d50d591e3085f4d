package io.carillon.core.simulation;

import io.carillon.core.hub.HubProbe;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.session.Resume;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that follows some channels through any node, comes back when its connection is lost and
 * asks again when it sees a hole. For one thread.
 */
final class Client {
  private static final int CHANNELS_MAX = 3;
  private static final int TIMEOUT_MILLIS = 15_000;

  private final World world;
  private final Agenda agenda;
  private final String name;
  private final boolean counts;
  private final List<Wish> wishes = new ArrayList<>();
  private @Nullable Connection connection;
  private int requests;
  private boolean resting;

  /** A channel that is followed, and the request that is not answered yet, or 0. */
  private static final class Wish {
    private final Following following;
    private int request;

    Wish(Following following) {
      this.following = following;
    }
  }

  /**
   * @param counts whether it counts positions, as native clients do
   */
  Client(World world, String name, boolean counts) {
    this.world = world;
    this.agenda = world.agenda();
    this.name = name;
    this.counts = counts;
    for (int i = agenda.between(1, CHANNELS_MAX + 1); i > 0; i--) {
      want(world.anyChannel());
    }
    comeBackWithin(1_000);
    actLater();
  }

  private void want(ChannelId channel) {
    if (wishOf(channel) == null) {
      wishes.add(new Wish(new Following(world.truth(), channel, name, counts)));
    }
  }

  private @Nullable Wish wishOf(ChannelId channel) {
    return wishes.stream()
        .filter(wish -> wish.following.channel().equals(channel))
        .findFirst()
        .orElse(null);
  }

  /** Does something of its own will. */
  private void actLater() {
    agenda.after(agenda.between(200, 4_000), this::act);
  }

  private void act() {
    if (resting) {
      return;
    }
    Connection open = connection;
    if (open != null && !wishes.isEmpty()) {
      Wish wish = wishes.get(agenda.between(0, wishes.size()));
      switch (agenda.between(0, 8)) {
        case 0 -> cut();
        case 1 -> {
          open.unsubscribe(wish.following.channel());
          wishes.remove(wish);
          want(world.anyChannel());
          wishes.stream()
              .filter(other -> other.following.position() == null && other.request == 0)
              .forEach(this::ask);
        }
        case 2 -> ask(wish);
        default -> {}
      }
    }
    actLater();
  }

  /** It goes on with what it follows, and does nothing else. */
  void rest() {
    resting = true;
  }

  /** The network breaks. */
  void cut() {
    Connection open = connection;
    if (open != null) {
      agenda.note("world", name + " is cut off");
      open.cut();
    }
  }

  @Nullable Connection connection() {
    return connection;
  }

  void lost(Connection gone) {
    if (gone == connection) {
      connection = null;
      wishes.forEach(wish -> wish.following.disconnected());
      comeBackWithin(2_000);
    }
  }

  private void comeBackWithin(int millis) {
    agenda.within(millis, this::connect);
  }

  private void connect() {
    SimulatedNode node = world.anyNode();
    if (node == null) {
      comeBackWithin(1_000);
      return;
    }
    agenda.note("world", name + " connects to " + node);
    connection = new Connection(world, node, this);
    wishes.forEach(this::ask);
  }

  private void ask(Wish wish) {
    Connection open = connection;
    if (open == null) {
      return;
    }
    int request = ++requests;
    wish.request = request;
    open.subscribe(request, wish.following.channel(), resumeOf(wish.following));
    agenda.after(
        TIMEOUT_MILLIS,
        () -> {
          if (wish.request == request && connection == open) {
            open.cut();
          }
        });
  }

  private Resume resumeOf(Following following) {
    Position position = following.position();
    if (position != null && counts) {
      return new Resume.Since(position);
    }
    following.forget();
    return counts && agenda.chance(0.3)
        ? new Resume.Rewind(agenda.between(1, 20))
        : Resume.FROM_NOW;
  }

  void read(Connection from, Frame frame) {
    Wish wish = wishOf(frame.channel());
    if (from != connection || wish == null) {
      return;
    }
    switch (frame) {
      case Frame.Refused(var request, var channel) -> {
        if (request == wish.request) {
          agenda.within(1_500, () -> askAgain(wish, request));
        }
      }
      case Frame.Subbed subbed -> {
        boolean current = subbed.request() == wish.request;
        wish.following.subscribed(subbed, current);
        if (current) {
          wish.request = 0;
        }
      }
      case Frame.Push push -> {
        if (wish.following.isToldOfNothing()) {
          return;
        }
        if (!wish.following.take(push) && wish.request == 0) {
          ask(wish);
        }
      }
    }
  }

  private void askAgain(Wish wish, int refused) {
    if (wish.request == refused && wishes.contains(wish)) {
      ask(wish);
    }
  }

  void checkLevel() {
    Connection open = connection;
    if (open != null) {
      agenda.note("world", open.node() + " has " + HubProbe.describe(open.node().log().listener()));
    }
    for (Wish wish : wishes) {
      Following following = wish.following;
      if (open == null || wish.request != 0) {
        throw world
            .truth()
            .violation(
                Invariant.ANSWERED_ONCE, following.channel(), name + " is not subscribed again");
      }
      following.checkLevel(world.log().top(following.channel()));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
