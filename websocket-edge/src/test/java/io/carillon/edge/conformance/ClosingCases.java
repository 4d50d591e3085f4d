package io.carillon.edge.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Group 7 of Autobahn's suite: the closing handshake. */
final class ClosingCases {
  private static final String REFUSED = "close 1002";
  private static final String CLOSED = "close 1000";
  private static final byte[] NONE = {};
  private static final byte[] HELLO = "Hello, world!".getBytes(StandardCharsets.US_ASCII);

  private static final int[] VALID = {
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999, 1012, 1013, 1014
  };
  private static final int[] INVALID = {
    0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535
  };

  private ClosingCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>(handshakes());
    cases.addAll(bodies());
    int number = 1;
    for (int code : VALID) {
      cases.add(
          Case.of(
              "7.7." + number++,
              "code " + code,
              "7.4",
              "close " + code,
              peer -> peer.goodbye(code, HELLO)));
    }
    number = 1;
    for (int code : INVALID) {
      cases.add(
          Case.of(
              "7.9." + number++, "code " + code, "7.4", REFUSED, peer -> peer.goodbye(code, NONE)));
    }
    return cases;
  }

  private static List<Case> handshakes() {
    return List.of(
        Case.of(
            "7.1.1",
            "a message, then a close",
            "5.5.1",
            "answer, " + CLOSED,
            peer -> peer.message().goodbye(1000, NONE)),
        Case.of(
            "7.1.2",
            "2 closes",
            "5.5.1",
            CLOSED,
            peer -> peer.goodbye(1000, NONE).goodbye(1000, NONE)),
        Case.of(
            "7.1.3",
            "a ping behind a close",
            "1.4",
            CLOSED,
            peer -> peer.goodbye(1000, NONE).ping(NONE)),
        Case.of(
            "7.1.4",
            "a message behind a close",
            "1.4",
            CLOSED,
            peer -> peer.goodbye(1000, NONE).message()),
        Case.of(
            "7.1.5",
            "a close between 2 fragments",
            "5.4",
            CLOSED,
            peer -> peer.frame(peer.opcode(), HELLO).goodbye(1000, NONE).frame(0x80, HELLO)),
        Case.of(
            "7.1.6",
            "128 KiB, then a close, then a ping",
            "1.4",
            "answer, " + CLOSED,
            peer -> peer.message(LimitCases.MAX).goodbye(1000, NONE).ping(NONE)),
        // what is not read makes closing a reset, which can take the close frame with it
        Case.of(
            "7.1.C1",
            "a lot of data behind a close",
            "7.1.1",
            CLOSED,
            peer -> peer.goodbye(1000, NONE).raw(new byte[1 << 20])),
        Case.of(
            "7.1.C2",
            "a lot of data behind a breach",
            "7.1.7",
            REFUSED,
            peer -> peer.frame(0x83, NONE).raw(new byte[1 << 20])));
  }

  private static List<Case> bodies() {
    byte[] longest = "*".repeat(123).getBytes(StandardCharsets.US_ASCII);
    byte[] wrong = HexFormat.of().parseHex("cebae1bdb9cf83cebcceb5eda080656469746564");
    return List.of(
        Case.of("7.3.1", "an empty close", "5.5.1", CLOSED, peer -> peer.frame(0x88, NONE)),
        Case.of(
            "7.3.2", "a close of 1 byte", "5.5.1", REFUSED, peer -> peer.frame(0x88, new byte[1])),
        Case.of("7.3.3", "a close with a code", "5.5.1", CLOSED, peer -> peer.goodbye(1000, NONE)),
        Case.of(
            "7.3.4",
            "a close with a code and a reason",
            "5.5.1",
            CLOSED,
            peer -> peer.goodbye(1000, HELLO)),
        Case.of(
            "7.3.5",
            "a close with a reason of 123 bytes",
            "5.5",
            CLOSED,
            peer -> peer.goodbye(1000, longest)),
        Case.of(
            "7.3.6",
            "a close with a reason of 124 bytes",
            "5.5",
            REFUSED,
            peer ->
                peer.goodbye(
                    1000,
                    (new String(longest, StandardCharsets.US_ASCII) + "*")
                        .getBytes(StandardCharsets.US_ASCII))),
        Case.of(
            "7.5.1",
            "a reason that is not UTF-8",
            "7.1.6",
            "close 1007",
            peer -> peer.goodbye(1000, wrong)));
  }
}
