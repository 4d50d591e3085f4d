package io.carillon.client.testing;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** What a test has asked to go wrong, and waits for its occasion. Confined to the lane. */
final class Faults {
  /** Why and how a connection is ended. */
  record Refusal(Problem problem, int code) {}

  /** For the next attempts to connect. */
  final Queue<Refusal> refusals = new ArrayDeque<>();

  /** By token. */
  final Map<String, Refusal> refusedTokens = new HashMap<>();

  /** By channel. */
  final Map<String, Problem> denied = new HashMap<>();

  /** What the next publishes are refused for, in milliseconds. */
  final Queue<Long> throttled = new ArrayDeque<>();

  int lostAcks;
  int skipped;
  int skippedPresence;
  boolean unreachable;
  boolean mute;

  /** Whether one of the messages to skip is due. */
  boolean skips() {
    return skipped > 0 && skipped-- > 0;
  }

  boolean skipsPresence() {
    return skippedPresence > 0 && skippedPresence-- > 0;
  }

  boolean losesAck() {
    return lostAcks > 0 && lostAcks-- > 0;
  }
}
