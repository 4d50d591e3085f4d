package io.carillon.edge.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups 9 and 10 of Autobahn's suite, whose messages are as long as they may be here: limits, and
 * that nothing gets slow by how a message is cut.
 */
final class LimitCases {
  /** The largest message of a client, by default. */
  static final int MAX = 131_072;

  private static final String TOO_BIG = "close 1009";

  private LimitCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    sizes(cases);
    fragments(cases);
    chops(cases);
    roundTrips(cases);
    cases.add(
        Case.of(
            "10.1.1",
            "65536 bytes in fragments of 1300",
            "5.4",
            "answer",
            peer -> peer.fragments(peer.endpoint().probe(65_536), 1_300)));
    return cases;
  }

  private static void sizes(List<Case> cases) {
    int number = 1;
    for (int size : new int[] {65_536, 100_000, MAX - 1, MAX}) {
      cases.add(
          Case.of(
              "9.1." + number++,
              "a message of " + size + " bytes",
              "10.4",
              "answer",
              peer -> peer.message(size)));
    }
    for (int size : new int[] {MAX + 1, 1 << 20, 16 << 20}) {
      cases.add(
          Case.of(
              "9.1." + number++,
              "a message of " + size + " bytes, above the limit",
              "10.4",
              TOO_BIG,
              peer -> peer.message(size)));
    }
  }

  private static void fragments(List<Case> cases) {
    int number = 1;
    for (int size : new int[] {64, 256, 1_024, 4_096, 16_384, 65_536}) {
      cases.add(
          Case.of(
              "9.3." + number++,
              MAX + " bytes in fragments of " + size,
              "5.4",
              "answer",
              peer -> peer.fragments(peer.endpoint().probe(MAX), size)));
    }
    cases.add(
        Case.of(
            "9.3." + number,
            (MAX + 1) + " bytes in fragments of 1024",
            "10.4",
            TOO_BIG,
            peer -> peer.fragments(peer.endpoint().probe(MAX + 1), 1_024)));
  }

  private static void chops(List<Case> cases) {
    int number = 1;
    for (int chop : new int[] {64, 128, 256, 512, 1_024, 2_048}) {
      cases.add(
          Case.of(
              "9.5." + number++,
              MAX + " bytes in chops of " + chop,
              "5.2",
              "answer",
              peer -> peer.chops(chop).message(MAX)));
    }
  }

  private static void roundTrips(List<Case> cases) {
    int number = 1;
    for (int size : new int[] {Endpoint.PROBE_MIN, 64, 256, 1_024, 4_096, 16_384}) {
      cases.add(
          Case.of(
              "9.7." + number++,
              "200 messages of " + size + " bytes at once",
              "5.4",
              "200 answer",
              peer -> {
                for (int i = 0; i < 200; i++) {
                  peer.message(size);
                }
              }));
    }
  }
}
