package io.carillon.edge.conformance;

import io.carillon.edge.fixture.RawTcp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Group 6 of Autobahn's suite: UTF-8 in text messages, and how soon a wrong byte is noticed. */
final class Utf8Cases {
  private static final String INVALID = "close 1007";
  private static final String VALID = "answer";
  private static final HexFormat HEX = HexFormat.of();

  /** "κόσμε", then a surrogate, then "edited". */
  private static final String BEFORE = "cebae1bdb9cf83cebcceb5";

  private static final String AFTER = "656469746564";

  private Utf8Cases() {}

  /** What a group of sequences is, and whether they are UTF-8. */
  private record Group(String number, String title, String outcome, List<String> sequences) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "6.5",
              "text of several scripts",
              VALID,
              List.of(BEFORE, "48c3a96c6c6f", "e697a5e69cac")),
          new Group(
              "6.6",
              "a text cut between and inside of characters",
              VALID + "/" + INVALID,
              List.of(
                  "ce",
                  "ceba",
                  "cebae1",
                  "cebae1bd",
                  "cebae1bdb9",
                  "cebae1bdb9cf",
                  "cebae1bdb9cf83",
                  "cebae1bdb9cf83ce",
                  "cebae1bdb9cf83cebc",
                  "cebae1bdb9cf83cebcce",
                  BEFORE)),
          new Group(
              "6.7",
              "the first sequence of a length",
              VALID,
              List.of("20", "c280", "e0a080", "f0908080")),
          new Group(
              "6.8",
              "the first sequence of 5 and 6 bytes",
              INVALID,
              List.of("f888808080", "fc8480808080")),
          new Group(
              "6.9",
              "the last sequence of a length",
              VALID,
              List.of("7f", "dfbf", "efbfbf", "f48fbfbf")),
          new Group(
              "6.10",
              "the last sequence of 4 to 6 bytes, beyond U+10FFFF",
              INVALID,
              List.of("f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf")),
          new Group(
              "6.11",
              "other boundaries",
              VALID + "/" + INVALID,
              List.of("ed9fbf", "ee8080", "efbfbd", "f48fbfbf", "f4908080")),
          new Group(
              "6.12",
              "continuation bytes without a lead",
              INVALID,
              List.of("80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf")),
          new Group(
              "6.13",
              "lonely leads, each before a space",
              INVALID,
              List.of(
                  "c020c120c220df20", "e020e120ef20", "f020f120f720", "f820f920fb20", "fc20fd20")),
          new Group(
              "6.14",
              "sequences whose last byte is missing",
              INVALID,
              List.of(
                  "c0",
                  "e080",
                  "f08080",
                  "f8808080",
                  "fc80808080",
                  "df",
                  "efbf",
                  "f7bfbf",
                  "fbbfbfbf",
                  "fdbfbfbfbf")),
          new Group(
              "6.15",
              "all of those in a row",
              INVALID,
              List.of("c0e080f08080f8808080fc80808080dfefbff7bfbf")),
          new Group("6.16", "bytes that are in no UTF-8", INVALID, List.of("fe", "ff", "fefeffff")),
          new Group(
              "6.17",
              "overlong slashes",
              INVALID,
              List.of("c0af", "e080af", "f08080af", "f8808080af", "fc80808080af")),
          new Group(
              "6.18",
              "the longest overlong sequences",
              INVALID,
              List.of("c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf")),
          new Group(
              "6.19",
              "overlong NUL",
              INVALID,
              List.of("c080", "e08080", "f0808080", "f880808080", "fc8080808080")),
          new Group(
              "6.20",
              "lonely surrogates",
              INVALID,
              List.of("eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf")),
          new Group(
              "6.21",
              "pairs of surrogates",
              INVALID,
              List.of(
                  "eda080edb080",
                  "eda080edbfbf",
                  "edadbfedb080",
                  "edadbfedbfbf",
                  "edae80edb080",
                  "edae80edbfbf",
                  "edafbfedb080",
                  "edafbfedbfbf")),
          new Group(
              "6.22",
              "characters that are none, which UTF-8 may hold",
              VALID,
              List.of(
                  "efbfbe",
                  "efbfbf",
                  "f09fbfbe",
                  "f09fbfbf",
                  "f0afbfbe",
                  "f0afbfbf",
                  "f0bfbfbe",
                  "f0bfbfbf",
                  "f18fbfbe",
                  "f18fbfbf",
                  "f3bfbfbe",
                  "f3bfbfbf",
                  "f48fbfbe",
                  "f48fbfbf")),
          new Group(
              "6.23",
              "the replacement character and its neighbours",
              VALID,
              List.of("efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf")));

  static List<Case> all() {
    List<Case> cases = new ArrayList<>(fragments());
    cases.addAll(failFast());
    for (Group group : GROUPS) {
      int number = 1;
      for (String sequence : group.sequences()) {
        cases.add(whole(group, number++, sequence));
      }
    }
    return cases;
  }

  private static Case whole(Group group, int number, String sequence) {
    byte[] bytes = HEX.parseHex(sequence);
    String outcome = group.outcome();
    if (outcome.contains("/")) {
      // Java's own decoder is the judge where a group has both
      boolean valid =
          Arrays.equals(
              bytes, new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
      outcome = valid ? VALID : INVALID;
    }
    return Case.ofText(
        group.number() + "." + number,
        group.title() + ": " + sequence,
        "8.1",
        outcome,
        peer -> peer.text(peer.endpoint().padded(bytes)));
  }

  private static List<Case> fragments() {
    byte[] text = HEX.parseHex(BEFORE + "f09f9883");
    return List.of(
        Case.ofText(
                "6.1.1",
                "3 empty fragments between which nothing is",
                "5.4",
                "error, go, close 4010",
                peer ->
                    peer.frame(0x01, new byte[0])
                        .frame(0x00, new byte[0])
                        .frame(0x80, new byte[0])
                        .message())
            .on(Endpoint.PUSHER, "error, answer"),
        Case.ofText(
            "6.1.2",
            "a message between empty fragments",
            "5.4",
            VALID,
            peer ->
                peer.frame(0x01, new byte[0])
                    .frame(0x00, peer.endpoint().padded(text))
                    .frame(0x80, new byte[0])),
        Case.ofText(
            "6.2.1",
            "UTF-8 in one frame",
            "8.1",
            VALID,
            peer -> peer.text(peer.endpoint().padded(text))),
        Case.ofText(
            "6.2.2",
            "UTF-8 in 2 fragments, cut between characters",
            "8.1",
            VALID,
            peer -> {
              byte[] content = peer.endpoint().padded(text);
              peer.fragments(content, content.length - 2 - 4);
            }),
        Case.ofText(
            "6.2.3",
            "UTF-8 in fragments of 1 byte",
            "8.1",
            VALID,
            peer -> peer.fragments(peer.endpoint().padded(text), 1)),
        Case.ofText(
            "6.2.4",
            "UTF-8 byte by byte",
            "8.1",
            VALID,
            peer -> peer.chops(1).text(peer.endpoint().padded(text))),
        Case.ofText(
            "6.3.1", "invalid UTF-8 in one frame", "8.1", INVALID, peer -> peer.text(wrong())),
        Case.ofText(
            "6.3.2",
            "invalid UTF-8 in fragments of 1 byte",
            "8.1",
            INVALID,
            peer -> peer.fragments(wrong(), 1)));
  }

  private static byte[] wrong() {
    return HEX.parseHex(BEFORE + "eda080" + AFTER);
  }

  /** The server does not wait for the end of a text that cannot become right any more. */
  private static List<Case> failFast() {
    return List.of(
        Case.ofText(
            "6.4.1",
            "invalid in the 2nd of 3 fragments, the last not sent",
            "8.1",
            INVALID,
            peer -> peer.frame(0x01, HEX.parseHex(BEFORE)).frame(0x00, HEX.parseHex("f4908080"))),
        Case.ofText(
            "6.4.2",
            "the same, cut inside of the invalid sequence",
            "8.1",
            INVALID,
            peer -> peer.frame(0x01, HEX.parseHex(BEFORE + "f4")).frame(0x00, HEX.parseHex("90"))),
        Case.ofText(
            "6.4.3",
            "invalid in the 2nd of 3 chops of a frame, the last not sent",
            "8.1",
            INVALID,
            peer -> chopped(peer, 0x81, HEX.parseHex(BEFORE), HEX.parseHex("f4908080"))),
        Case.ofText(
            "6.4.4",
            "the same, cut inside of the invalid sequence",
            "8.1",
            INVALID,
            peer -> chopped(peer, 0x81, HEX.parseHex(BEFORE + "f4"), HEX.parseHex("90"))),
        Case.ofText(
            "6.4.C1",
            "invalid in the last byte of a fragment's 1st chop",
            "8.1",
            INVALID,
            peer ->
                chopped(
                    peer.frame(0x01, HEX.parseHex(BEFORE)),
                    0x80,
                    HEX.parseHex("41ff"),
                    new byte[0])));
  }

  /** A frame of 100 bytes of which only the beginning comes. */
  private static void chopped(Peer peer, int first, byte[] begin, byte[] more) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(begin);
    content.writeBytes(more);
    byte[] frame = RawTcp.frame(first, Arrays.copyOf(content.toByteArray(), 100));
    peer.raw(Arrays.copyOf(frame, 6 + begin.length));
    peer.raw(Arrays.copyOfRange(frame, 6 + begin.length, 6 + content.size()));
  }
}
