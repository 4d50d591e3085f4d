package io.carillon.standalone.cli;

/** Texts from elsewhere, as a terminal may show them. Stateless. */
final class Text {
  private Text() {}

  /** In one line, and without what a terminal would obey: control characters are escaped. */
  static String printable(String text) {
    if (text.chars().noneMatch(Text::isControl)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default -> {
          if (isControl(c)) {
            String hex = Integer.toHexString(c);
            shown.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
          } else {
            shown.append(c);
          }
        }
      }
    }
    return shown.toString();
  }

  /** Line separators and marks that turn the direction of text count as well. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
