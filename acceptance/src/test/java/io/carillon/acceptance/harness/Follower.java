package io.carillon.acceptance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's whole rule for one channel (clause 3.4): drops what it has had, and fails at a hole.
 * Confined to its test.
 */
public final class Follower {
  private final List<String> texts = new ArrayList<>();
  private long epoch;
  private long position = -1;

  /** Takes a frame of the channel. */
  public void take(JsonNode frame) {
    switch (frame.get("t").asText()) {
      case "subbed" -> subscribed(frame);
      case "msg" -> pushed(frame);
      default -> {}
    }
  }

  private void subscribed(JsonNode frame) {
    if (position < 0) {
      epoch = frame.get("e").asLong();
      position = frame.get("start").asLong();
    } else if (!frame.path("recovered").asBoolean()) {
      throw new AssertionError("not recovered behind " + position + ": " + frame);
    }
  }

  private void pushed(JsonNode frame) {
    if (frame.get("e").asLong() != epoch || frame.get("f").asLong() > position) {
      throw new AssertionError("a hole behind " + position + ": " + frame);
    }
    for (JsonNode item : frame.get("m")) {
      if (item.get("o").asLong() > position) {
        texts.add(item.get("d").asText());
      }
    }
    position = Math.max(position, frame.get("o").asLong());
  }

  /** Whether a first answer came. */
  public boolean isSubscribed() {
    return position >= 0;
  }

  /** How much it delivered. */
  public int size() {
    return texts.size();
  }

  /** What it delivered, in order. */
  public List<String> texts() {
    return List.copyOf(texts);
  }
}
