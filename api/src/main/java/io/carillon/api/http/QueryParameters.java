package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.PercentCoded;
import io.carillon.api.http.PercentCoded.Plus;
import io.carillon.api.http.Quoted;
import io.carillon.core.error.ErrorCode;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, decoded, by lower-case name. The signed text joins them with {@code &}
 * and {@code =} without any escape, so whatever could make two queries read the same is refused.
 * Immutable.
 */
final class QueryParameters {
  private static final String SIGNATURE = "auth_signature";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final SortedMap<String, String> values;

  private QueryParameters(SortedMap<String, String> values) {
    this.values = Collections.unmodifiableSortedMap(values);
  }

  static Checked<QueryParameters> of(String raw, Plus plus) {
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
    if (!NAME.matcher(name).matches()) {
      return "parameter " + Quoted.of(name) + " (expected: a name of letters, digits, _ . -)";
    }
    if (value.indexOf('&') >= 0) {
      return "parameter " + name + ": " + Quoted.of(value) + " (expected: no & in it)";
    }
    return before.containsKey(name.toLowerCase(Locale.ROOT))
        ? "parameter " + name + ": sent twice (expected: once)"
        : null;
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  String get(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  /** The part of the signed text that stands for the query. */
  String signable() {
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
