package io.carillon.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Under which licences others' code may be used here. Stateless. */
final class Licences {
  static final String PUBLIC_DOMAIN = "LicenseRef-public-domain";

  /**
   * For what is delivered: each lets it be used, changed and sold with its notice, and asks nothing
   * of our code.
   */
  static final Set<String> SHIPPED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "ISC",
          "0BSD",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-1.0",
          "EPL-2.0",
          "CC0-1.0",
          "Unlicense",
          PUBLIC_DOMAIN);

  /**
   * For what only builds and tests: those, and some that ask for their own files' source or notice.
   */
  static final Set<String> TOOLS = with("MPL-2.0", "Python-2.0", "PSF-2.0", "BlueOak-1.0.0");

  private static final Pattern WORDS = Pattern.compile("[ ()]+");

  private Licences() {}

  private static Set<String> with(String... more) {
    Set<String> all = new TreeSet<>(SHIPPED);
    all.addAll(Set.of(more));
    return all;
  }

  /**
   * Whether a component may be taken under one of these. Several entries are a choice, as Maven's
   * POMs mean it; so is OR in an expression, whose other words have to be allowed.
   *
   * @param names what entries without an identifier of SPDX are called, and what they are
   */
  static boolean anyOf(JsonNode licences, Set<String> allowed, Map<String, String> names) {
    for (JsonNode each : licences) {
      String id = each.at("/license/id").asText();
      String name = each.at("/license/name").asText();
      if (allowed.contains(id)
          || allowed.contains(names.getOrDefault(name, name))
          || (each.has("expression") && isAllowed(each.get("expression").asText(), allowed))) {
        return true;
      }
    }
    return false;
  }

  /** Of an SPDX expression: with AND all of its licences, else one. */
  static boolean isAllowed(String expression, Set<String> allowed) {
    var words = WORDS.splitAsStream(expression).filter(it -> !it.isEmpty()).toList();
    var ids = words.stream().filter(it -> !it.equals("AND") && !it.equals("OR"));
    return words.contains("AND")
        ? ids.allMatch(allowed::contains)
        : ids.anyMatch(allowed::contains);
  }
}
