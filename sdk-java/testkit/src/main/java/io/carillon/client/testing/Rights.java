package io.carillon.client.testing;

import io.carillon.client.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection is and what it may do on channels. Immutable.
 *
 * @param clientId who it is; null for nobody
 * @param may whether it may do something, by the word of the capability and the channel
 */
record Rights(@Nullable String clientId, BiPredicate<String, String> may) {
  private static final Pattern NOT_PUBLIC = Pattern.compile("^(private-|presence-|#)");

  /** Clause 2.5. */
  static final Rights OF_KEY =
      new Rights(
          null,
          (operation, channel) ->
              (operation.equals("subscribe") || operation.equals("history"))
                  && !NOT_PUBLIC.matcher(channel).find());

  boolean may(String operation, String channel) {
    return may.test(operation, channel);
  }

  /**
   * A token's rights: those of its claims, where it is a JWT; its signature is not looked at. Any
   * other text is a token that allows everything.
   *
   * @param clientId who it is, if not the claims say it
   * @return empty for a JWT without the claims that it must have
   */
  static Optional<Rights> ofToken(String token, @Nullable String clientId) {
    String[] parts = token.split("\\.", -1);
    Map<String, Object> claims = parts.length == 3 ? claims(parts[1]) : null;
    if (claims == null) {
      return Optional.of(new Rights(clientId, (operation, channel) -> true));
    }
    if (!claims.containsKey("exp")) {
      return Optional.empty();
    }
    String who = clientId == null ? Frames.text(claims, "sub") : clientId;
    return Optional.of(
        claims.get("cap") instanceof Map<?, ?> rules
            ? new Rights(who, (operation, channel) -> allows(rules, operation, channel))
            : new Rights(who, (operation, channel) -> true));
  }

  private static @Nullable Map<String, Object> claims(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      return Json.read(new String(bytes, StandardCharsets.UTF_8)) instanceof Map<?, ?> claims
          ? Frames.map(claims)
          : null;
    } catch (IllegalArgumentException notAJwt) {
      return null;
    }
  }

  private static boolean allows(Map<?, ?> rules, String operation, String channel) {
    return rules.entrySet().stream()
        .anyMatch(
            rule ->
                rule.getValue() instanceof List<?> words
                    && words.contains(operation)
                    && matches(String.valueOf(rule.getKey()), channel));
  }

  /** {@code *} is any run without {@code :}; a last segment of {@code *} is all that follows. */
  private static boolean matches(String pattern, String channel) {
    boolean open = pattern.equals("*") || pattern.endsWith(":*");
    String fixed = open ? pattern.substring(0, pattern.length() - 1) : pattern;
    String regex = Pattern.quote(fixed).replace("*", "\\E[^:]*\\Q");
    return Pattern.matches(open ? regex + ".+" : regex, channel);
  }
}
