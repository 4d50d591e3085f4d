package io.carillon.api.http;

import io.carillon.core.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Percent-coded text of a URL, read strictly: valid escapes of valid UTF-8, nothing unprintable.
 */
public final class PercentCoded {
  private PercentCoded() {}

  /** What a {@code +} stands for. */
  public enum Plus {
    PLUS,
    SPACE
  }

  /** The text behind the code, or a sentence about what is wrong. */
  public static Checked<String> decode(String coded, Plus plus) {
    String text = decoded(coded, plus);
    return text == null
        ? Checked.refused(
            ErrorCode.BAD_REQUEST,
            "URL: "
                + Quoted.of(coded)
                + " (expected: percent-coded UTF-8 without control characters)")
        : Checked.valid(text);
  }

  /** The decoded segments of a path, without the empty one before its first slash. */
  public static Checked<List<String>> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String segment : rawPath.substring(1).split("/", -1)) {
      switch (decode(segment, Plus.PLUS)) {
        case Checked.Refused<String>(var problem) -> {
          return Checked.refused(problem);
        }
        case Checked.Valid<String>(var text) -> segments.add(text);
      }
    }
    return Checked.valid(List.copyOf(segments));
  }

  private static @Nullable String decoded(String coded, Plus plus) {
    if (isLiteral(coded)) {
      return coded;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(coded.length());
    for (int i = 0; i < coded.length(); i++) {
      char c = coded.charAt(i);
      int value = c == '+' && plus == Plus.SPACE ? ' ' : c;
      if (c == '%') {
        value = escapeAt(coded, i);
        i += 2;
      } else if (c > 0x7e) {
        return null;
      }
      if (value < ' ' || value == 0x7f) {
        return null;
      }
      bytes.write(value);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Whether the text stands for itself. */
  private static boolean isLiteral(String coded) {
    for (int i = 0; i < coded.length(); i++) {
      char c = coded.charAt(i);
      if (c < ' ' || c > 0x7e || c == '%' || c == '+') {
        return false;
      }
    }
    return true;
  }

  /** Whether any part of the text would be read as an escape. */
  public static boolean hasEscape(String text) {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (escapeAt(text, at) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int escapeAt(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
