package io.carillon.api.http;

/** Untrusted text for a sentence: in quotes, cut, and without control characters. */
public final class Quoted {
  private static final int LENGTH_MAX = 60;

  private Quoted() {}

  public static String of(String text) {
    return of(text, LENGTH_MAX);
  }

  /** The text, cut after so many characters. */
  public static String of(String text, int lengthMax) {
    String shown = text.length() <= lengthMax ? text : text.substring(0, lengthMax) + "…";
    StringBuilder quoted = new StringBuilder(shown.length() + 2).append('"');
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (c == '\n') {
        quoted.append("\\n");
      } else {
        quoted.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
      }
    }
    return quoted.append('"').toString();
  }
}
