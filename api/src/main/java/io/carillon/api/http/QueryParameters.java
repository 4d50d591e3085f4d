package io.carillon.api.http;

import io.carillon.api.http.PercentCoded.Plus;
import io.carillon.core.error.ErrorCode;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, decoded, by lower-case name. A signed text joins them with {@code &}
 * and {@code =} without any escape, so whatever could make two queries read the same is refused.
 * Immutable.
 */
public final class QueryParameters {
  private static final String SIGNATURE = "auth_signature";
  private static final int NAME_LENGTH_MAX = 64;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final SortedMap<String, String> values;

  private QueryParameters(SortedMap<String, String> values) {
    this.values = Collections.unmodifiableSortedMap(values);
  }

  public static Checked<QueryParameters> of(String raw, Plus plus) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      switch (PercentCoded.decode(equals < 0 ? "" : pair.substring(equals + 1), plus)) {
        case Checked.Refused<String>(var problem) -> {
          return Checked.refused(problem);
        }
        case Checked.Valid<String>(var value) -> {
          String wrong = problemWith(name, value, values);
          if (wrong != null) {
            return Checked.refused(ErrorCode.BAD_REQUEST, wrong);
          }
          values.put(name.toLowerCase(Locale.ROOT), value);
        }
      }
    }
    return Checked.valid(new QueryParameters(values));
  }

  private static @Nullable String problemWith(
      String name, String value, SortedMap<String, String> before) {
    if (!isName(name)) {
      return "parameter " + Quoted.of(name) + " (expected: a name of letters, digits, _ . -)";
    }
    if (value.indexOf('&') >= 0) {
      return "parameter " + name + ": " + Quoted.of(value) + " (expected: no & in it)";
    }
    return before.containsKey(name.toLowerCase(Locale.ROOT))
        ? "parameter " + name + ": sent twice (expected: once)"
        : null;
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && "_.-".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= NAME_LENGTH_MAX;
  }

  public @Nullable String get(String name) {
    return values.get(name);
  }

  public String get(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  /** The parameters, none of which has another name than these. */
  public Checked<QueryParameters> onlyOf(Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        return Checked.refused(
            ErrorCode.BAD_REQUEST,
            "parameter "
                + name
                + ": unknown (expected: "
                + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known)))
                + ")");
      }
    }
    return Checked.valid(this);
  }

  /** A whole number from 1 on, or the fallback when it was not sent. */
  public Checked<Integer> number(String name, int fallback, int max) {
    String text = values.get(name);
    if (text == null) {
      return Checked.valid(fallback);
    }
    boolean digits = NUMBER.matcher(text).matches();
    int value = digits ? Integer.parseInt(text) : 0;
    return value >= 1 && value <= max
        ? Checked.valid(value)
        : Checked.refused(
            ErrorCode.BAD_REQUEST, name + ": " + Quoted.of(text) + " (expected: 1 to " + max + ")");
  }

  /** The part of the signed text that stands for the query. */
  public String signable() {
    StringJoiner text = new StringJoiner("&");
    values.forEach(
        (name, value) -> {
          if (!name.equals(SIGNATURE)) {
            text.add(name + "=" + value);
          }
        });
    return text.toString();
  }
}
