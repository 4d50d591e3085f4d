package io.carillon.client;

/** Strings of JSON (RFC 8259, section 7). Stateless. */
final class Json {
  private Json() {}

  /** The text as a JSON string: quotes, backslashes and control characters are escaped. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
