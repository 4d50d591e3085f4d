package io.carillon.core.testing;

import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.Encoder;
import io.carillon.core.hub.SharedFrame;
import java.util.List;

/** Encodes into frames that still know their deliveries, and counts. For one thread. */
public final class TextEncoder implements Encoder {
  private int encoded;
  private int released;
  private boolean broken;
  private boolean countsTold = true;

  /** A frame of these deliveries. */
  public final class Frame implements SharedFrame {
    private final List<Delivery> deliveries;

    private Frame(List<Delivery> deliveries) {
      this.deliveries = List.copyOf(deliveries);
    }

    public List<Delivery> parts(int from, int to) {
      return deliveries.subList(from, to);
    }

    @Override
    public boolean isEmpty() {
      return !countsTold && deliveries.stream().allMatch(Delivery.Counted.class::isInstance);
    }

    @Override
    public void release() {
      released++;
    }
  }

  @Override
  public SharedFrame encode(List<Delivery> deliveries) {
    if (broken) {
      throw new IllegalStateException("the encoder is broken");
    }
    encoded++;
    return new Frame(deliveries);
  }

  public void setBroken(boolean broken) {
    this.broken = broken;
  }

  /** Whether the format has a word for how many subscribe. */
  public void setCountsTold(boolean countsTold) {
    this.countsTold = countsTold;
  }

  public int encoded() {
    return encoded;
  }

  public int released() {
    return released;
  }

  /** A delivery in a few words. */
  public static String text(Delivery delivery) {
    String what =
        switch (delivery) {
          case Delivery.Published(var publication) ->
              publication.position().offset() + " " + publication.message().payload().asText();
          case Delivery.Skipped(var channel, var upTo) -> "skipped to " + upTo.offset();
          case Delivery.Missed(var channel, var from, var to) ->
              "missed (" + from.offset() + "," + to.offset() + "]";
          case Delivery.PresenceChanged(var change) ->
              switch (change.kind()) {
                    case USER_JOINED -> "+";
                    case USER_LEFT -> "-";
                    case JOINED, UPDATED, LEFT -> "~";
                  }
                  + change.entry().member().userId();
          case Delivery.PresenceDelta delta ->
              "("
                  + delta.from()
                  + ","
                  + delta.version()
                  + "] "
                  + delta.set().stream()
                      .map(entry -> entry.key() + "=" + entry.member().info())
                      .toList()
                  + " -"
                  + delta.gone();
          case Delivery.PresenceCounted counted -> "n=" + counted.present();
          case Delivery.Signalled(var signal) -> "eph " + signal.payload().asText();
          case Delivery.Counted counted -> "#" + counted.subscriptions();
        };
    return delivery.channel().name() + " " + what;
  }
}
