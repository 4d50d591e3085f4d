package io.carillon.edge.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Groups 1 to 4 of Autobahn's suite: framing, pings and pongs, reserved bits, opcodes. */
final class FramingCases {
  private static final String REFUSED = "close 1002";
  private static final byte[] NONE = {};
  private static final byte[] HELLO = "Hello, world!".getBytes(StandardCharsets.US_ASCII);
  private static final int[] SIZES = {125, 126, 127, 128, 65_535, 65_536};

  private FramingCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    framing(cases);
    cases.addAll(pings());
    cases.addAll(reservedBits());
    opcodes(cases);
    lengths(cases);
    return cases;
  }

  private static void framing(List<Case> cases) {
    // an empty message is a message of RFC 6455, and none of the protocols in it
    cases.add(
        Case.of(
                "1.1.1",
                "text of 0 bytes",
                "5.6",
                "error, go, close 4010",
                peer -> peer.text(NONE).message())
            .on(Endpoint.PUSHER, "error, answer"));
    int number = 2;
    for (int size : SIZES) {
      cases.add(
          Case.ofText(
              "1.1." + number++,
              "text of " + size + " bytes",
              "5.2",
              "answer",
              peer -> peer.text(peer.endpoint().probe(size))));
    }
    cases.add(
        Case.ofText(
            "1.1.8",
            "text of 65536 bytes in chops of 997",
            "5.2",
            "answer",
            peer -> peer.chops(997).text(peer.endpoint().probe(65_536))));
    number = 2;
    cases.add(binary("1.2.1", 0).on(Endpoint.MSGPACK, "error, go, close 4010"));
    for (int size : SIZES) {
      cases.add(binary("1.2." + number++, size));
    }
    cases.add(
        Case.of(
                "1.2.8",
                "binary of 65536 bytes in chops of 997",
                "5.2",
                "answer",
                peer -> peer.chops(997).frame(0x82, bytes(peer, 65_536)))
            .on(Endpoint.NATIVE, "close 1003")
            .on(Endpoint.PUSHER, "close 1003"));
  }

  /** Where messages are JSON, a binary one is refused with its code. */
  private static Case binary(String id, int size) {
    return Case.of(
            id,
            "binary of " + size + " bytes",
            "5.6",
            "answer",
            peer -> peer.frame(0x82, bytes(peer, size)))
        .on(Endpoint.NATIVE, "close 1003")
        .on(Endpoint.PUSHER, "close 1003");
  }

  private static byte[] bytes(Peer peer, int size) {
    return size == 0 ? NONE : peer.endpoint().probe(size);
  }

  private static List<Case> pings() {
    byte[] binary = {0, (byte) 0xFF, (byte) 0xFE, (byte) 0xFD, (byte) 0xFC, (byte) 0xFB, 0, 1};
    return List.of(
        Case.of("2.1", "a ping without payload", "5.5.2", "pong", peer -> peer.ping(NONE)),
        Case.of("2.2", "a ping with text", "5.5.3", "pong", peer -> peer.ping(HELLO)),
        Case.of("2.3", "a ping with binary data", "5.5.3", "pong", peer -> peer.ping(binary)),
        Case.of("2.4", "a ping of 125 bytes", "5.5", "pong", peer -> peer.ping(new byte[125])),
        Case.of("2.5", "a ping of 126 bytes", "5.5", REFUSED, peer -> peer.ping(new byte[126])),
        Case.of(
            "2.6",
            "a ping of 125 bytes, byte by byte",
            "5.5",
            "pong",
            peer -> peer.chops(1).ping(new byte[125])),
        Case.of(
            "2.7",
            "a pong that nobody asked for",
            "5.5.3",
            "answer",
            peer -> peer.frame(0x8A, NONE).message()),
        Case.of(
            "2.8",
            "a pong that nobody asked for, with payload",
            "5.5.3",
            "answer",
            peer -> peer.frame(0x8A, HELLO).message()),
        Case.of(
            "2.9",
            "a pong that nobody asked for, then a ping",
            "5.5.3",
            "pong",
            peer -> peer.frame(0x8A, HELLO).ping(HELLO)),
        Case.of("2.10", "10 pings", "5.5.3", "10 pong", FramingCases::tenPings),
        Case.of(
            "2.11", "10 pings, byte by byte", "5.5.3", "10 pong", peer -> tenPings(peer.chops(1))));
  }

  private static void tenPings(Peer peer) throws java.io.IOException {
    for (int i = 0; i < 10; i++) {
      peer.ping(("payload-" + i).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static List<Case> reservedBits() {
    String then = "answer, " + REFUSED;
    return List.of(
        Case.of("3.1", "RSV=1", "5.2", REFUSED, peer -> peer.frame(0x90 | peer.opcode(), HELLO)),
        Case.of(
            "3.2",
            "a message, then RSV=2, then a ping",
            "5.2",
            then,
            peer -> peer.message().frame(0xA0 | peer.opcode(), HELLO).ping(NONE)),
        Case.of(
            "3.3",
            "a message, then RSV=3, then a ping, frame by frame",
            "5.2",
            then,
            peer -> peer.message().frame(0xB0 | peer.opcode(), HELLO).ping(NONE)),
        Case.of(
            "3.4",
            "a message, then RSV=4, then a ping, byte by byte",
            "5.2",
            then,
            peer -> peer.chops(1).message().frame(0xC0 | peer.opcode(), HELLO).ping(NONE)),
        Case.of("3.5", "RSV=5 on binary", "5.2", REFUSED, peer -> peer.frame(0xD2, HELLO)),
        Case.of("3.6", "RSV=6 on a ping", "5.2", REFUSED, peer -> peer.frame(0xE9, HELLO)),
        Case.of("3.7", "RSV=7 on a close", "5.2", REFUSED, peer -> peer.frame(0xF8, NONE)));
  }

  private static void opcodes(List<Case> cases) {
    int[][] reserved = {{3, 4, 5, 6, 7}, {11, 12, 13, 14, 15}};
    for (int group = 0; group < 2; group++) {
      for (int i = 0; i < 5; i++) {
        int first = 0x80 | reserved[group][i];
        byte[] payload = i == 0 ? NONE : HELLO;
        boolean behind = i >= 2;
        cases.add(
            Case.of(
                "4." + (group + 1) + "." + (i + 1),
                "reserved opcode "
                    + reserved[group][i]
                    + (i == 0 ? "" : " with payload")
                    + (behind ? " behind a message, then a ping" : "")
                    + (i == 4 ? ", byte by byte" : ""),
                "5.2",
                behind ? "answer, " + REFUSED : REFUSED,
                peer -> {
                  if (behind) {
                    peer.chops(first == 0x87 || first == 0x8F ? 1 : 1_000).message();
                  }
                  peer.frame(first, payload).ping(NONE);
                }));
      }
    }
  }

  /** What Autobahn leaves out: masks, and lengths that are not what they should be. */
  private static void lengths(List<Case> cases) {
    cases.add(
        Case.of(
            "1.C1",
            "a frame without a mask",
            "5.1",
            REFUSED,
            peer -> peer.raw(new byte[] {(byte) (0x80 | peer.opcode()), 1, 'x'})));
    cases.add(
        Case.of(
            "1.C2",
            "a length below 126 in 16 bits",
            "5.2",
            REFUSED,
            peer -> peer.raw(head(peer, 126, 0x7D, 2))));
    cases.add(
        Case.of(
            "1.C3",
            "a length below 65536 in 64 bits",
            "5.2",
            REFUSED,
            peer -> peer.raw(head(peer, 127, 0xFFFF, 8))));
    cases.add(
        Case.of(
            "1.C4",
            "a length with its first bit set",
            "5.2",
            REFUSED,
            peer -> peer.raw(head(peer, 127, Long.MIN_VALUE, 8))));
    cases.add(
        Case.of(
            "1.C5",
            "the largest length",
            "10.4",
            "close 1009",
            peer -> peer.raw(head(peer, 127, Long.MAX_VALUE, 8))));
    // the sum of the largest length and what had been gathered was negative, so below the limit
    cases.add(
        Case.of(
            "1.C6",
            "the largest length on a fragment behind another",
            "10.4",
            "close 1009",
            peer -> {
              byte[] continuation = head(peer, 127, Long.MAX_VALUE, 8);
              continuation[0] = (byte) 0x80;
              peer.frame(peer.opcode(), HELLO).raw(continuation);
            }));
  }

  /** A frame's head with this length, in so many bytes, and nothing behind it. */
  private static byte[] head(Peer peer, int form, long length, int bytes) {
    byte[] head = new byte[2 + bytes + 4];
    head[0] = (byte) (0x80 | peer.opcode());
    head[1] = (byte) (0x80 | form);
    for (int i = 0; i < bytes; i++) {
      head[2 + i] = (byte) (length >>> (8 * (bytes - 1 - i)));
    }
    return head;
  }
}
