package io.carillon.standalone.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for secrets in bytes: as they are, in hexadecimal digits, and in Base64 of both alphabets
 * wherever in it they begin. Confined to one test.
 */
final class SecretSearch {
  /** Shorter texts are found by chance. */
  private static final int LENGTH_MIN = 8;

  /** One form of a secret. Immutable. */
  private static final class Needle {
    private final String name;
    private final byte[] bytes;

    Needle(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    boolean isAt(int from, byte[] in) {
      int end = from + bytes.length;
      return end <= in.length && Arrays.equals(in, from, end, bytes, 0, bytes.length);
    }
  }

  private final List<Needle> needles = new ArrayList<>();

  /** The first two bytes of all needles, so that most places are passed by in one look. */
  private final BitSet beginnings = new BitSet(1 << 16);

  String add(String name, String secret) {
    add(name, secret.getBytes(UTF_8));
    return secret;
  }

  void add(String name, byte[] secret) {
    if (secret.length < LENGTH_MIN) {
      throw new IllegalArgumentException(
          name + ": " + secret.length + " bytes (expected: 8 or more)");
    }
    keep(name, secret);
    String hex = HexFormat.of().formatHex(secret);
    keep(name + " in hex", hex.getBytes(ISO_8859_1));
    keep(name + " in hex", hex.toUpperCase(Locale.ROOT).getBytes(ISO_8859_1));
    for (int shift = 0; shift < 3; shift++) {
      keep(name + " in base64", inner(Base64.getEncoder(), secret, shift));
      keep(name + " in base64", inner(Base64.getUrlEncoder(), secret, shift));
    }
  }

  /** What stands in Base64 whatever is before and behind the secret. */
  private static byte[] inner(Base64.Encoder encoder, byte[] secret, int shift) {
    byte[] shifted = new byte[shift + secret.length];
    System.arraycopy(secret, 0, shifted, shift, secret.length);
    byte[] coded = encoder.withoutPadding().encode(shifted);
    int from = (shift * 8 + 5) / 6;
    return Arrays.copyOfRange(coded, from, shifted.length * 8 / 6);
  }

  private void keep(String name, byte[] bytes) {
    needles.add(new Needle(name, bytes));
    beginnings.set(beginning(bytes, 0));
  }

  private static int beginning(byte[] bytes, int from) {
    return Byte.toUnsignedInt(bytes[from]) * 256 + Byte.toUnsignedInt(bytes[from + 1]);
  }

  /** The names of what is in there. */
  Set<String> foundIn(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < bytes.length - 1; i++) {
      if (beginnings.get(beginning(bytes, i))) {
        for (Needle needle : needles) {
          if (needle.isAt(i, bytes)) {
            found.add(needle.name);
          }
        }
      }
    }
    return found;
  }
}
