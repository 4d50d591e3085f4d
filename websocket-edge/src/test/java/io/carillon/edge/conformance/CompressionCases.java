package io.carillon.edge.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;

/** Groups 12 and 13 of Autobahn's suite: RFC 7692, what is compressed and what is agreed on. */
final class CompressionCases {
  private static final String OFFER = "permessage-deflate";
  private static final String AGREED = "deflate, ";
  private static final String BAD = AGREED + "close 1007";
  private static final String BREACH = AGREED + "close 1002";
  private static final int FIRST = 0x80 | Peer.RSV1;
  private static final byte[] SYNC = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final HexFormat HEX = HexFormat.of();

  /** Offers, and what is agreed on by them: with both sides without context takeover. */
  private static final String[][] OFFERS = {
    {"permessage-deflate", "deflate"},
    {"permessage-deflate; client_no_context_takeover; server_no_context_takeover", "deflate"},
    {"permessage-deflate; client_max_window_bits", "deflate"},
    {"permessage-deflate; client_max_window_bits=9", "deflate"},
    {"permessage-deflate; client_max_window_bits=15; server_max_window_bits=15", "deflate 15"},
    {"permessage-deflate; server_max_window_bits=9", "plain"},
    {"permessage-deflate; server_max_window_bits=9, permessage-deflate", "deflate"},
    {"x-webkit-deflate-frame, permessage-deflate", "deflate"},
    {"permessage-deflate; client_max_window_bits=\"12\"", "deflate"},
    {"permessage-deflate; client_max_window_bits=7", "plain"},
    {"permessage-deflate; client_max_window_bits=16", "plain"},
    {"permessage-deflate; client_max_window_bits=010", "plain"},
    {"permessage-deflate; server_max_window_bits", "plain"},
    {"permessage-deflate; server_no_context_takeover=1", "plain"},
    {"permessage-deflate; client_max_window_bits; client_max_window_bits", "plain"},
    {"permessage-deflate; mystery", "plain"},
    {"permessage-deflate; =", "plain"},
    {"permessage-bzip2", "plain"},
  };

  private CompressionCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    sizes(cases);
    for (Case each : forms()) {
      cases.add(each.offering(OFFER));
    }
    for (Case each : breaches()) {
      cases.add(each.offering(OFFER));
    }
    cases.add(
        Case.of(
            "12.5.9",
            "a compressed message where nothing was agreed on",
            "5.2",
            "close 1002",
            peer -> peer.frame(FIRST | peer.opcode(), deflated(peer, 64, 9))));
    int number = 1;
    for (String[] offer : OFFERS) {
      cases.add(
          Case.of(
                  "13." + number++,
                  offer[0],
                  "7692: 7.1",
                  offer[1] + ", answer",
                  peer ->
                      peer.frame(
                          (peer.compresses() ? FIRST : 0x80) | peer.opcode(),
                          peer.compresses()
                              ? deflated(peer, 1_000, 6)
                              : peer.endpoint().probe(1_000)))
              .offering(offer[0]));
    }
    return cases;
  }

  private static void sizes(List<Case> cases) {
    int number = 1;
    for (int size : new int[] {Endpoint.PROBE_MIN, 64, 256, 1_024, 8_192, 65_536, 120_000}) {
      int id = number++;
      cases.add(
          Case.of(
                  "12.1." + id,
                  "a compressed message of " + size + " bytes",
                  "7692: 7.2",
                  AGREED + "answer",
                  peer -> peer.frame(FIRST | peer.opcode(), deflated(peer, size, 6)))
              .offering(OFFER));
      cases.add(
          Case.of(
                  "12.2." + id,
                  "a compressed message of " + size + " bytes in fragments of 16",
                  "7692: 6.1",
                  AGREED + "answer",
                  peer -> fragments(peer, deflated(peer, size, 0), 16 + size / 16))
              .offering(OFFER));
    }
  }

  private static List<Case> forms() {
    return List.of(
        Case.of(
            "12.3.1",
            "a message that is not compressed after all",
            "7692: 6",
            AGREED + "answer",
            Peer::message),
        Case.of(
            "12.3.2",
            "compressed and plain messages in turn",
            "7692: 6",
            AGREED + "3 answer",
            peer ->
                peer.frame(FIRST | peer.opcode(), deflated(peer, 300, 9))
                    .message()
                    .frame(FIRST | peer.opcode(), deflated(peer, 300, 1))),
        Case.of(
            "12.3.3",
            "a final block, and an empty one behind it",
            "7692: 7.2.3.4",
            AGREED + "answer",
            peer -> peer.frame(FIRST | peer.opcode(), finished(peer, true))),
        Case.of(
            "12.3.4",
            "a final block with nothing behind it",
            "7692: 7.2.3.4",
            AGREED + "answer",
            peer -> peer.frame(FIRST | peer.opcode(), finished(peer, false))),
        Case.of(
            "12.3.5",
            "a ping between compressed fragments",
            "7692: 6.1",
            AGREED + "pong, answer",
            peer -> {
              byte[] content = deflated(peer, 300, 6);
              peer.frame(Peer.RSV1 | peer.opcode(), Arrays.copyOf(content, 10))
                  .ping(new byte[3])
                  .frame(0x80, Arrays.copyOfRange(content, 10, content.length));
            }),
        Case.of(
                "12.3.6",
                "an empty message, compressed",
                "7692: 7.2.3.6",
                AGREED + "error, go, close 4010",
                peer -> peer.frame(FIRST | peer.opcode(), new byte[1]).message())
            .on(Endpoint.PUSHER, AGREED + "error, answer"),
        Case.of(
            "12.3.7",
            "exactly the largest message",
            "7692: 8",
            AGREED + "answer",
            peer -> peer.frame(FIRST | peer.opcode(), deflated(peer, LimitCases.MAX, 9))));
  }

  private static List<Case> breaches() {
    return List.of(
        Case.of(
            "12.4.1",
            "a message that is too long when inflated",
            "7692: 8",
            AGREED + "close 1009",
            peer -> peer.frame(FIRST | peer.opcode(), deflated(peer, LimitCases.MAX + 1, 9))),
        Case.of(
            "12.4.2",
            "a bomb of 32 MiB",
            "7692: 8",
            AGREED + "close 1009",
            peer -> peer.frame(FIRST | peer.opcode(), deflated(new byte[32 << 20], 9))),
        Case.of(
            "12.4.3",
            "what is no DEFLATE",
            "7692: 7.2.2",
            BAD,
            peer -> peer.frame(FIRST | peer.opcode(), HEX.parseHex("ffffffff"))),
        // it was read with what the server appends as a part of it, and handed on
        Case.of(
            "12.4.4",
            "a block that is cut off",
            "7692: 7.2.2",
            BAD,
            peer -> {
              byte[] content = deflated(peer, 300, 6);
              peer.frame(FIRST | peer.opcode(), Arrays.copyOf(content, content.length - 2));
            }),
        Case.of(
            "12.4.5",
            "a stored block that is cut off",
            "7692: 7.2.2",
            BAD,
            peer -> {
              byte[] content = deflated(peer, 300, 0);
              peer.frame(FIRST | peer.opcode(), Arrays.copyOf(content, 40));
            }),
        Case.ofText(
            "12.4.6",
            "a compressed text that is not UTF-8",
            "8.1",
            BAD,
            peer -> peer.frame(0xC1, deflated(new byte[] {(byte) 0xFF}, 6))),
        Case.of(
            "12.5.1",
            "RSV1 on a continuation",
            "7692: 6.1",
            BREACH,
            peer ->
                peer.frame(Peer.RSV1 | peer.opcode(), deflated(peer, 64, 6))
                    .frame(FIRST, new byte[1])),
        Case.of("12.5.2", "RSV1 on a ping", "7692: 6", BREACH, peer -> peer.frame(0xC9, SYNC)),
        Case.of("12.5.3", "RSV1 on a pong", "7692: 6", BREACH, peer -> peer.frame(0xCA, SYNC)),
        Case.of("12.5.4", "RSV1 on a close", "7692: 6", BREACH, peer -> peer.frame(0xC8, SYNC)),
        Case.of(
            "12.5.5",
            "RSV2 beside RSV1",
            "5.2",
            BREACH,
            peer -> peer.frame(0xE0 | peer.opcode(), deflated(peer, 64, 6))),
        Case.of(
            "12.5.6",
            "RSV3 beside RSV1",
            "5.2",
            BREACH,
            peer -> peer.frame(0xD0 | peer.opcode(), deflated(peer, 64, 6))),
        Case.of(
            "12.5.7",
            "RSV1 on a reserved opcode",
            "5.2",
            BREACH,
            peer -> peer.frame(0xC3, deflated(peer, 64, 6))),
        Case.of(
            "12.5.8",
            "a message that refers to the one before",
            "7692: 7.1.1.2",
            AGREED + "answer, close 1007",
            CompressionCases::takesOver));
  }

  private static void fragments(Peer peer, byte[] content, int size) throws IOException {
    for (int at = 0; at < content.length; at += size) {
      int to = Math.min(content.length, at + size);
      int first = (at == 0 ? Peer.RSV1 | peer.opcode() : 0) | (to == content.length ? 0x80 : 0);
      peer.frame(first, Arrays.copyOfRange(content, at, to));
    }
  }

  private static byte[] deflated(Peer peer, int size, int level) {
    return deflated(peer.endpoint().probe(size), level);
  }

  private static byte[] deflated(byte[] message, int level) {
    Deflater deflater = new Deflater(level, true);
    byte[] out = drained(deflater, message, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(out, out.length - SYNC.length);
  }

  private static byte[] drained(Deflater deflater, byte[] message, int flush) {
    deflater.setInput(message);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[65_536];
    int count = chunk.length;
    while (count == chunk.length) {
      count = deflater.deflate(chunk, 0, chunk.length, flush);
      out.write(chunk, 0, count);
    }
    return out.toByteArray();
  }

  /** A message of one final block. */
  private static byte[] finished(Peer peer, boolean withEmptyBlock) {
    Deflater deflater = new Deflater(6, true);
    byte[] message = peer.endpoint().probe(300);
    deflater.finish();
    byte[] out = drained(deflater, message, Deflater.NO_FLUSH);
    deflater.end();
    return withEmptyBlock ? Arrays.copyOf(out, out.length + 1) : out;
  }

  /** As a client would that did not heed what was agreed on. */
  private static void takesOver(Peer peer) throws IOException {
    Deflater deflater = new Deflater(9, true);
    for (int i = 0; i < 2; i++) {
      byte[] message = drained(deflater, random(peer), Deflater.SYNC_FLUSH);
      peer.frame(FIRST | peer.opcode(), Arrays.copyOf(message, message.length - SYNC.length));
    }
    deflater.end();
  }

  /** A probe in which nothing repeats, so that only an earlier message can be referred to. */
  private static byte[] random(Peer peer) {
    byte[] probe = peer.endpoint().probe(90);
    byte[] letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(letters, 0, probe, 48, letters.length);
    return probe;
  }
}
