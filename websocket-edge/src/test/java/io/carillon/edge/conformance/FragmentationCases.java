package io.carillon.edge.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Group 5 of Autobahn's suite: fragmentation. */
final class FragmentationCases {
  private static final String REFUSED = "close 1002";
  private static final byte[] HALF = "fragment".getBytes(StandardCharsets.US_ASCII);
  private static final int MIDDLE = 20;

  private FragmentationCases() {}

  static List<Case> all() {
    return List.of(
        Case.of("5.1", "a ping in 2 fragments", "5.5", REFUSED, peer -> control(peer, 0x9)),
        Case.of("5.2", "a pong in 2 fragments", "5.5", REFUSED, peer -> control(peer, 0xA)),
        Case.of("5.3", "a message in 2 fragments", "5.4", "answer", peer -> halves(peer)),
        Case.of(
            "5.4",
            "a message in 2 fragments, frame by frame",
            "5.4",
            "answer",
            peer -> halves(peer.chops(64))),
        Case.of(
            "5.5",
            "a message in 2 fragments, byte by byte",
            "5.4",
            "answer",
            peer -> halves(peer.chops(1))),
        Case.of("5.6", "a ping between 2 fragments", "5.4", "pong, answer", peer -> between(peer)),
        Case.of(
            "5.7",
            "a ping between 2 fragments, frame by frame",
            "5.4",
            "pong, answer",
            peer -> between(peer.chops(64))),
        Case.of(
            "5.8",
            "a ping between 2 fragments, byte by byte",
            "5.4",
            "pong, answer",
            peer -> between(peer.chops(1))),
        stray("5.9", true, Integer.MAX_VALUE),
        stray("5.10", true, 64),
        stray("5.11", true, 1),
        stray("5.12", false, Integer.MAX_VALUE),
        stray("5.13", false, 64),
        stray("5.14", false, 1),
        Case.of(
            "5.15",
            "a message in 2 fragments, then a continuation of nothing",
            "5.4",
            "answer, " + REFUSED,
            peer -> {
              halves(peer);
              peer.frame(0x00, HALF).message();
            }),
        repeated("5.16", 0x00),
        repeated("5.17", 0x80),
        Case.of(
            "5.18",
            "the second fragment begins a message of its own",
            "5.4",
            REFUSED,
            peer -> peer.frame(peer.opcode(), HALF).frame(0x80 | peer.opcode(), HALF)),
        Case.of(
            "5.19",
            "5 fragments with pings between them",
            "5.4",
            "2 pong, answer",
            FragmentationCases::five),
        Case.of(
            "5.20",
            "5 fragments with pings between them, byte by byte",
            "5.4",
            "2 pong, answer",
            peer -> five(peer.chops(1))),
        Case.of(
            "5.C1",
            "a message in fragments of 1 byte, and empty ones between",
            "5.4",
            "answer",
            FragmentationCases::withEmptyOnes),
        Case.of(
            "5.C2",
            "a first and a last fragment that are empty",
            "5.4",
            "answer",
            peer ->
                peer.frame(peer.opcode(), new byte[0])
                    .frame(0x00, peer.endpoint().probe(Endpoint.PROBE_MIN))
                    .frame(0x80, new byte[0])));
  }

  private static void control(Peer peer, int opcode) throws IOException {
    peer.frame(opcode, HALF).frame(0x80, HALF);
  }

  private static void halves(Peer peer) throws IOException {
    peer.fragments(peer.endpoint().probe(2 * MIDDLE), MIDDLE);
  }

  private static void between(Peer peer) throws IOException {
    byte[] probe = peer.endpoint().probe(2 * MIDDLE);
    peer.frame(peer.opcode(), Arrays.copyOf(probe, MIDDLE))
        .ping(HALF)
        .frame(0x80, Arrays.copyOfRange(probe, MIDDLE, 2 * MIDDLE));
  }

  private static Case stray(String id, boolean last, int chops) {
    return Case.of(
        id,
        "a continuation of nothing"
            + (last ? "" : " without FIN")
            + (chops == 1 ? ", byte by byte" : chops == 64 ? ", frame by frame" : ""),
        "5.4",
        REFUSED,
        peer -> peer.chops(chops).frame(last ? 0x80 : 0x00, HALF).message());
  }

  private static Case repeated(String id, int first) {
    return Case.of(
        id,
        "twice a continuation of nothing"
            + (first == 0 ? " without FIN" : "")
            + " and a message in 2 fragments",
        "5.4",
        REFUSED,
        peer -> {
          for (int i = 0; i < 2; i++) {
            peer.frame(first, HALF).frame(peer.opcode(), HALF).frame(0x80, HALF);
          }
        });
  }

  private static void five(Peer peer) throws IOException {
    byte[] probe = peer.endpoint().probe(50);
    peer.frame(peer.opcode(), Arrays.copyOf(probe, 10))
        .frame(0x00, Arrays.copyOfRange(probe, 10, 20))
        .ping(HALF)
        .frame(0x00, Arrays.copyOfRange(probe, 20, 30))
        .frame(0x00, Arrays.copyOfRange(probe, 30, 40))
        .ping(HALF)
        .frame(0x80, Arrays.copyOfRange(probe, 40, 50));
  }

  private static void withEmptyOnes(Peer peer) throws IOException {
    byte[] probe = peer.endpoint().probe(Endpoint.PROBE_MIN);
    for (int i = 0; i < probe.length; i++) {
      peer.frame(i == 0 ? peer.opcode() : 0x00, new byte[] {probe[i]}).frame(0x00, new byte[0]);
    }
    peer.frame(0x80, new byte[0]);
  }
}
