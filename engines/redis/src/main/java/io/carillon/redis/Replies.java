package io.carillon.redis;

import java.util.List;

/** Takes the answers of scripts apart. Stateless. */
final class Replies {
  private Replies() {}

  static long number(Object reply, int index) {
    return (Long) element(reply, index);
  }

  static byte[] bytes(Object reply, int index) {
    return (byte[]) element(reply, index);
  }

  static List<?> list(Object reply, int index) {
    return (List<?>) element(reply, index);
  }

  private static Object element(Object reply, int index) {
    Object element = ((List<?>) reply).get(index);
    if (element == null) {
      throw new IllegalStateException("element " + index + " of a reply is nil");
    }
    return element;
  }
}
