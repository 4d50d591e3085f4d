package io.carillon.benchmark.load;

import io.carillon.benchmark.profile.Template;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Has a topic's connections join and leave its presence at a fixed rate: one after the other joins,
 * then one after the other leaves. Confined to the load's event loop, but for {@link #stop} and
 * {@link #joins}.
 */
public final class Churn {
  private static final long TICK_NANOS = 1_000_000;

  private final Topic topic;
  private final double perSecond;
  private final List<Step> steps = new ArrayList<>();
  private final AtomicLong joins = new AtomicLong();
  private @Nullable ScheduledFuture<?> timer;
  private int nextStep;
  private long begin;
  private long done;

  /** What one connection says. */
  private record Step(Member member, Template frame, boolean joins) {}

  Churn(Topic topic, double perSecond) {
    this.topic = topic;
    this.perSecond = perSecond;
  }

  void start(EventLoop loop) {
    addSteps("presence.join", true);
    addSteps("presence.leave", false);
    begin = System.nanoTime();
    timer = loop.scheduleAtFixedRate(this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
  }

  private void addSteps(String key, boolean joining) {
    Template frame = new Template(topic.load().profile().text(key));
    for (Member member : topic.members()) {
      steps.add(new Step(member, member.bound(frame, topic.channel()), joining));
    }
  }

  private void tick() {
    long due = (long) ((System.nanoTime() - begin) * perSecond / 1e9);
    for (; done < due; done++) {
      Step step = steps.get(nextStep);
      nextStep = nextStep + 1 == steps.size() ? 0 : nextStep + 1;
      step.member().publish(step.frame(), topic.load().now());
      if (step.joins()) {
        joins.incrementAndGet();
      }
    }
  }

  /** How often somebody has joined so far; may be asked for on any thread. */
  public long joins() {
    return joins.get();
  }

  /** Nobody joins or leaves any more; may be called from any thread. */
  public void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
