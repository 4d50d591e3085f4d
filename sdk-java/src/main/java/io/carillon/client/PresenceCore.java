package io.carillon.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is present on a channel: section 9 of the protocol. Confined to the lane, but for the lists
 * of listeners and the snapshot, which any thread may read.
 */
final class PresenceCore {
  private static final long NOT_KNOWN = -1;

  /** More changes than these do not wait for a snapshot, which is then found to have a hole. */
  private static final int WAITING_MAX = 1_000;

  static final long ANSWER_MILLIS_MAX = 15_000;

  final List<Consumer<PresenceSnapshot>> listeners = new CopyOnWriteArrayList<>();
  final List<Consumer<CarillonException>> endListeners = new CopyOnWriteArrayList<>();

  private final ChannelCore channel;
  private final Feed feed;
  private final Delivery delivery;

  /** A listener is told the newest snapshot, and not each. */
  private final AtomicBoolean telling = new AtomicBoolean();

  private final List<Object> followers = new ArrayList<>();
  private final List<Object> counters = new ArrayList<>();
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Member> pages = new LinkedHashMap<>();
  private final Deque<Frame> waiting = new ArrayDeque<>();
  private long mine = NOT_KNOWN;
  private long pagesVersion = NOT_KNOWN;

  /** The frame that enters, without its number; null while this client is no member. */
  private @Nullable String entering;

  private volatile PresenceSnapshot snapshot = PresenceSnapshot.NOBODY;

  PresenceCore(ChannelCore channel, Feed feed) {
    this.channel = channel;
    this.feed = feed;
    Settings settings = channel.core().settings();
    this.delivery = new Delivery(settings.listeners, settings.buffer, () -> {});
  }

  PresenceSnapshot snapshot() {
    return snapshot;
  }

  boolean isEntered() {
    return entering != null;
  }

  /** What is said again on a new connection: clause 10.2. Until it is answered, the request is. */
  void entered(@Nullable String data) {
    entering = data;
    if (data == null) {
      feed.linger();
    }
  }

  void opening(List<String> frames) {
    String data = entering;
    if (data != null) {
      long number = channel.core().expect(reply -> {});
      frames.add(
          FrameText.of("enter")
              .with("i", number)
              .with("ch", channel.name())
              .withJson("d", data)
              .text());
    }
  }

  /** Clause 9.3. */
  void asking(FrameText sub) {
    if (!followers.isEmpty()) {
      sub.with("presence", true);
    } else if (!counters.isEmpty()) {
      sub.with("presence", "count");
    }
  }

  /** A subscription that is there already is told anew what it is to be told of. */
  void follow(Object follower, boolean count) {
    List<Object> kind = count ? counters : followers;
    boolean anew = kind.isEmpty() && feed.isWanted() && (followers.isEmpty() || !count);
    kind.add(follower);
    feed.use(follower);
    if (anew) {
      feed.ask();
    } else if (snapshot.synced()) {
      tell();
    }
  }

  void unfollow(Object follower) {
    followers.remove(follower);
    counters.remove(follower);
    feed.release(follower);
  }

  /** The connection is gone. */
  void lost() {
    mine = NOT_KNOWN;
    pagesVersion = NOT_KNOWN;
    waiting.clear();
    if (snapshot.synced()) {
      show(snapshot.stale());
    }
  }

  /** The channel was left, and the membership ended with it. */
  void left() {
    lost();
    entering = null;
    members.clear();
    if (!snapshot.equals(PresenceSnapshot.NOBODY)) {
      show(PresenceSnapshot.NOBODY);
    }
  }

  /** Clause 9.4. */
  void ended(CarillonException error) {
    entering = null;
    delivery.put(() -> endListeners.forEach(listener -> listener.accept(error)));
  }

  /** Clauses 9.6, 9.8 and 9.10. */
  void received(Frame push) {
    if (push.has("n")) {
      show(new PresenceSnapshot(List.of(), (int) push.number("n", 0), true));
    } else if (push.has("snap")) {
      page(push);
    } else if (mine == NOT_KNOWN || pagesVersion != NOT_KNOWN) {
      keep(push);
    } else {
      long before = mine;
      if (apply(push) && mine != before) {
        showMembers();
      }
    }
  }

  private void page(Frame page) {
    long version = page.number("v", 0);
    if (page.number("snap", 0) == 1) {
      pages.clear();
      pagesVersion = version;
    }
    if (version != pagesVersion) {
      return;
    }
    put(pages, page);
    if (page.flag("more")) {
      return;
    }
    members.clear();
    members.putAll(pages);
    pages.clear();
    pagesVersion = NOT_KNOWN;
    mine = version;
    boolean whole = true;
    while (whole && !waiting.isEmpty()) {
      whole = apply(waiting.remove());
    }
    waiting.clear();
    if (whole) {
      showMembers();
    }
  }

  private void keep(Frame push) {
    if (waiting.size() == WAITING_MAX) {
      waiting.remove();
    }
    waiting.add(push);
  }

  /** Clause 9.9; false for a hole. */
  private boolean apply(Frame push) {
    long version = push.number("v", 0);
    long from = push.number("f", 0);
    if (version <= mine) {
      return true;
    }
    if (from > mine) {
      mine = NOT_KNOWN;
      FrameText who = FrameText.of("who").with("ch", channel.name());
      channel.core().requests().ask(who, ANSWER_MILLIS_MAX);
      return false;
    }
    if (from == 0) {
      members.clear();
    }
    if (push.value("del") instanceof List<?> gone) {
      gone.forEach(members::remove);
    }
    put(members, push);
    mine = version;
    return true;
  }

  private static void put(Map<String, Member> members, Frame push) {
    Frame set = push.object("set");
    if (set == null) {
      return;
    }
    for (Object name : set.fields().keySet()) {
      String key = String.valueOf(name);
      Frame member = set.object(key);
      if (member != null) {
        Optional<String> id = Optional.ofNullable(member.text("id"));
        members.put(key, new Member(key, id, member.value("d")));
      }
    }
  }

  private void showMembers() {
    show(new PresenceSnapshot(List.copyOf(members.values()), members.size(), true));
  }

  private void show(PresenceSnapshot next) {
    snapshot = next;
    tell();
  }

  private void tell() {
    if (!listeners.isEmpty() && telling.compareAndSet(false, true)) {
      delivery.put(
          () -> {
            telling.set(false);
            PresenceSnapshot newest = snapshot;
            listeners.forEach(listener -> listener.accept(newest));
          });
    }
  }
}
