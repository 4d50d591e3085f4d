package io.carillon.schema;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * About how large the automaton of a regular expression gets, found before one is built: {@code
 * ((a{99}){99}){99}} is short and would fill the memory. Never less than it is by more than a small
 * factor, whatever the text. Confined to one count.
 */
final class ExpressionSize {
  private static final long TOO_MUCH = 1_000_000;

  private final String text;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long group;
  private long last;
  private int at;

  private ExpressionSize(String text) {
    this.text = text;
  }

  static long of(String text) {
    return new ExpressionSize(text).count();
  }

  private long count() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '(' -> {
          group += last;
          outer.push(group);
          group = 0;
          last = 0;
        }
        case ')' -> {
          long inner = group + last + 1;
          group = outer.isEmpty() ? 0 : outer.pop();
          last = inner;
        }
        case '{' -> last = Math.min(last * repeats(), TOO_MUCH);
        case '[' -> {
          skipClass();
          atom();
        }
        case '\\' -> {
          at++;
          atom();
        }
        default -> atom();
      }
    }
    long size = group + last;
    for (long open : outer) {
      size += open;
    }
    return Math.min(size, TOO_MUCH);
  }

  private void atom() {
    group = Math.min(group + last, TOO_MUCH);
    last = 1;
  }

  /** The greatest number up to the brace's end. */
  private long repeats() {
    long greatest = 1;
    long number = 0;
    while (at < text.length() && text.charAt(at) != '}') {
      char c = text.charAt(at++);
      number = c >= '0' && c <= '9' ? Math.min(number * 10 + (c - '0'), TOO_MUCH) : 0;
      greatest = Math.max(greatest, number);
    }
    return greatest;
  }

  private void skipClass() {
    // a bracket that comes first stands for itself
    at = Math.min(at + 1, text.length());
    while (at < text.length() && text.charAt(at) != ']') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }
}
