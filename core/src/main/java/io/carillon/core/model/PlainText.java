package io.carillon.core.model;

/**
 * What may be part of an id. Stores and other processes have ids as UTF-8, which holds no half of a
 * surrogate pair: any two such halves would become the same id there. Stateless.
 */
public final class PlainText {
  private PlainText() {}

  /** Whether UTF-8 can hold it, and so tell it from every other text. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether it is well-formed, and has no control characters. */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return isWellFormed(text);
  }
}
