package io.carillon.core.webhook;

/** Writes JSON of objects and arrays; the only thing that bodies need. Confined to one thread. */
final class JsonText {
  private final StringBuilder out = new StringBuilder(256);
  private boolean fresh = true;

  JsonText open(char bracket) {
    separate();
    out.append(bracket);
    fresh = true;
    return this;
  }

  JsonText close(char bracket) {
    out.append(bracket);
    fresh = false;
    return this;
  }

  JsonText name(String name) {
    separate();
    quote(name);
    out.append(':');
    fresh = true;
    return this;
  }

  JsonText text(String value) {
    separate();
    quote(value);
    fresh = false;
    return this;
  }

  JsonText number(long value) {
    separate();
    out.append(value);
    fresh = false;
    return this;
  }

  private void separate() {
    if (!fresh) {
      out.append(',');
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || (Character.isSurrogate(c) && !isPaired(text, i))) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** A lone half would be another character on the wire than in the signature's text. */
  private static boolean isPaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
