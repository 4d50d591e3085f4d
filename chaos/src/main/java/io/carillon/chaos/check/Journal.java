package io.carillon.chaos.check;

import io.carillon.chaos.check.Heard.Delivered;
import io.carillon.client.Position;
import java.util.ArrayList;
import java.util.List;

/** All that one subscriber was told on one channel, in its order. Thread-safe. */
public final class Journal {
  private final String subscriber;
  private final String channel;
  private final List<Heard> heard = new ArrayList<>();
  private volatile long lastNanos;
  private volatile Position newest = new Position(0, 0);

  public Journal(String subscriber, String channel) {
    this.subscriber = subscriber;
    this.channel = channel;
  }

  public String subscriber() {
    return subscriber;
  }

  public String channel() {
    return channel;
  }

  public synchronized void add(Heard what) {
    heard.add(what);
    lastNanos = what.nanos();
    Position at =
        switch (what) {
          case Delivered delivered -> delivered.position();
          case Heard.Missed missed -> missed.to();
        };
    if (at.compareTo(newest) > 0) {
      newest = at;
    }
  }

  /** When something was last heard, by the suite's clock. */
  public long lastNanos() {
    return lastNanos;
  }

  /** Up to where the subscriber knows the channel, by messages or by announced gaps. */
  public Position newest() {
    return newest;
  }

  public synchronized List<Heard> heard() {
    return List.copyOf(heard);
  }

  List<Delivered> deliveries() {
    return heard().stream().filter(Delivered.class::isInstance).map(Delivered.class::cast).toList();
  }

  @Override
  public String toString() {
    return subscriber + " on " + channel;
  }
}
