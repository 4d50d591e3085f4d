package io.carillon.benchmark.load;

import io.carillon.benchmark.profile.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One channel with its subscribers, or several that have the same ones, and how many messages are
 * on their way in it. Confined to the load's event loop.
 */
public final class Topic {
  private final Load load;
  private final List<Target> targets;
  private final List<Member> members = new ArrayList<>();
  private int window;
  private int batch = 1;
  private int nextMember;
  private int nextTarget;
  private long delivered;
  private long published;

  /**
   * A channel, and how a message is published to it: by the request, or by the frame when there is
   * none.
   */
  record Target(
      String channel, @Nullable Template frame, HttpPublisher.@Nullable Prepared request) {}

  /**
   * @param targets at least one; messages go to them in turn
   */
  Topic(Load load, List<Target> targets) {
    this.load = load;
    this.targets = List.copyOf(targets);
  }

  /** The channel's name; of several the first one, with which connections are opened. */
  public String channel() {
    return targets.getFirst().channel();
  }

  Load load() {
    return load;
  }

  List<Target> targets() {
    return targets;
  }

  HttpPublisher.@Nullable Prepared request() {
    return targets.getFirst().request();
  }

  List<Member> members() {
    return members;
  }

  void add(Member member) {
    members.add(member);
  }

  /**
   * From now on so many messages are under way: the next one goes out when one has reached every
   * subscriber.
   *
   * @param batch how many messages a publish has
   */
  void keepUnderWay(int messages, int batch) {
    this.window = messages;
    this.batch = batch;
    fill();
  }

  /** Publishes no more by itself. */
  void stop() {
    window = 0;
  }

  void delivered(int messages) {
    delivered += messages;
    fill();
  }

  private void fill() {
    while (window > 0 && (published - window + batch) * receivers() <= delivered) {
      published += batch;
      publish(load.now());
    }
  }

  /** Who publishes on a connection may not get it back. */
  private int receivers() {
    boolean leftOut = request() == null && load.leavesOutPublishers();
    return leftOut ? members.size() - 1 : members.size();
  }

  /** Publishes once, whatever is under way. */
  void publish(long stamp) {
    Target target = targets.get(nextTarget);
    nextTarget = nextTarget + 1 == targets.size() ? 0 : nextTarget + 1;
    HttpPublisher.Prepared prepared = target.request();
    if (prepared != null) {
      load.publisher().publish(this, prepared, stamp);
    } else if (target.frame() != null) {
      members.get(nextMember).publish(target.frame(), stamp);
      nextMember = nextMember + 1 == members.size() ? 0 : nextMember + 1;
    }
  }

  /** A publish was refused, and nobody will get it. */
  void refused() {
    published -= batch;
  }

  /** Counts what is under way as arrived, when it is clear that it never will. */
  long giveUp() {
    long missing = published * receivers() - delivered;
    delivered += missing;
    fill();
    return missing;
  }
}
