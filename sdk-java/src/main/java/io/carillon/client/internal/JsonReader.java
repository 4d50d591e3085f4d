package io.carillon.client.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text. Confined to the call that made it. */
final class JsonReader {
  private static final int LONG_DIGITS = 18;

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  @Nullable Object read() {
    Object value = value(0);
    if (peek() != 0 || at < text.length()) {
      throw refused("the end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > Json.DEPTH_MAX) {
      throw refused("at most " + Json.DEPTH_MAX + " levels");
    }
    switch (peek()) {
      case '{':
        return object(depth + 1);
      case '[':
        return array(depth + 1);
      case '"':
        return string();
      case 't':
        return word("true", Boolean.TRUE);
      case 'f':
        return word("false", Boolean.FALSE);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    at++;
    if (skip('}')) {
      return fields;
    }
    do {
      if (peek() != '"') {
        throw refused("a key");
      }
      String key = string();
      expect(':');
      fields.put(key, value(depth));
    } while (skip(','));
    expect('}');
    return fields;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    at++;
    if (skip(']')) {
      return items;
    }
    do {
      items.add(value(depth));
    } while (skip(','));
    expect(']');
    return items;
  }

  private String string() {
    int start = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(start, at++);
      }
      if (c == '\\') {
        return escaped(start);
      }
      if (c < 0x20) {
        throw refused("no control character");
      }
      at++;
    }
    throw refused("the end of a string");
  }

  private String escaped(int start) {
    StringBuilder string = new StringBuilder().append(text, start, at);
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return string.toString();
      }
      if (c < 0x20) {
        throw refused("no control character");
      }
      string.append(c == '\\' ? escape() : c);
    }
    throw refused("the end of a string");
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    switch (c) {
      case '"', '\\', '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return unit();
      default:
        throw refused("an escape");
    }
  }

  private char unit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw refused("four hex digits");
      }
      unit = unit << 4 | digit;
      at++;
    }
    return (char) unit;
  }

  /** Clause 1.9: whole numbers of 64 bits stay whole, others become floats. */
  private Number number() {
    int start = at;
    skip('-');
    int digits = digits();
    if (digits > 1 && text.charAt(at - digits) == '0') {
      throw refused("no leading zero");
    }
    boolean whole = true;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
      whole = false;
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits();
      whole = false;
    }
    String number = text.substring(start, at);
    return whole ? whole(number, digits) : (Number) Double.valueOf(number);
  }

  private static Number whole(String number, int digits) {
    if (digits <= LONG_DIGITS) {
      return Long.valueOf(number);
    }
    if (digits > LONG_DIGITS + 2) {
      return Double.valueOf(number);
    }
    BigInteger exact = new BigInteger(number);
    if (exact.bitLength() < Long.SIZE) {
      return exact.longValue();
    }
    return exact.signum() > 0 && exact.bitLength() == Long.SIZE
        ? exact
        : (Number) Double.valueOf(number);
  }

  private int digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw refused("a value");
    }
    return at - start;
  }

  private @Nullable Object word(String word, @Nullable Boolean value) {
    if (!text.startsWith(word, at)) {
      throw refused("a value");
    }
    at += word.length();
    return value;
  }

  /** The next character that is no white space, or 0 at the end. */
  private char peek() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
      at++;
    }
    return 0;
  }

  private boolean skip(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char wanted) {
    if (!skip(wanted)) {
      throw refused(String.valueOf(wanted));
    }
  }

  private IllegalArgumentException refused(String expected) {
    String found = at < text.length() ? Json.quoted(text.substring(at, at + 1)) : "the end";
    return new IllegalArgumentException(
        "json: " + found + " at " + at + " (expected: " + expected + ")");
  }
}
