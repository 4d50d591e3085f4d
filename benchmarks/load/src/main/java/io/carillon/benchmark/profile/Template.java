package io.carillon.benchmark.profile;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with placeholders such as {@code {channel}}, one byte for each character. Those that are the
 * same for all messages are filled in by {@link #bind}; {@code {data}} and {@code {seq}} differ
 * from message to message but have one length, so that every rendering of a template is equally
 * long. Immutable.
 */
public final class Template {
  /** What a message carries: the stamp and what fills it up. */
  public static final String DATA = "data";

  /** The number of the publication. */
  public static final String SEQUENCE = "seq";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9.]*)}");

  private final String text;
  private final List<Part> parts;

  private sealed interface Part {
    /** The same bytes each time; nobody changes them. */
    final class Fixed implements Part {
      private final byte[] bytes;

      private Fixed(String text) {
        this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      }
    }

    record Data() implements Part {}

    record Sequence() implements Part {}
  }

  public Template(String text) {
    this.text = text;
    this.parts = partsOf(text);
  }

  private static List<Part> partsOf(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int from = 0;
    while (matcher.find()) {
      Part part =
          switch (matcher.group(1)) {
            case DATA -> new Part.Data();
            case SEQUENCE -> new Part.Sequence();
            default -> null;
          };
      if (part != null) {
        addFixed(parts, text.substring(from, matcher.start()));
        parts.add(part);
        from = matcher.end();
      }
    }
    addFixed(parts, text.substring(from));
    return List.copyOf(parts);
  }

  private static void addFixed(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new Part.Fixed(text));
    }
  }

  /** The same with these placeholders filled in; others stay. */
  public Template bind(Map<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder bound = new StringBuilder();
    while (matcher.find()) {
      String value = values.getOrDefault(matcher.group(1), matcher.group());
      matcher.appendReplacement(bound, Matcher.quoteReplacement(value));
    }
    return new Template(matcher.appendTail(bound).toString());
  }

  /** Its length in bytes, with data of this length. */
  public int bytes(Payload payload) {
    int bytes = 0;
    for (Part part : parts) {
      bytes +=
          switch (part) {
            case Part.Fixed fixed -> fixed.bytes.length;
            case Part.Data data -> payload.bytes();
            case Part.Sequence sequence -> Payload.SEQUENCE_DIGITS;
          };
    }
    return bytes;
  }

  /** Writes it with new data. */
  public void write(ByteBuf out, Payload payload, long sequence, long stamp) {
    for (Part part : parts) {
      switch (part) {
        case Part.Fixed fixed -> out.writeBytes(fixed.bytes);
        case Part.Data data -> payload.write(out, stamp);
        case Part.Sequence number ->
            Payload.writeDigits(out, Payload.SEQUENCE_FIRST + sequence, Payload.SEQUENCE_DIGITS);
      }
    }
  }

  /** The text, with the placeholders that are left. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
