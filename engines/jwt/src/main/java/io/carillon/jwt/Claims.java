package io.carillon.jwt;

import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenLimits;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Operation;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token's claims with their types and bounds; unknown ones are ignored. Confined to one reading.
 */
final class Claims {
  static final String CLIENT_ID = "sub";
  static final String TOKEN_ID = "jti";
  static final String ISSUED_AT = "iat";
  static final String NOT_BEFORE = "nbf";
  static final String EXPIRES_AT = "exp";
  static final String CAPABILITIES = "cap";
  static final String LIMITS = "lim";

  /** The end of the year 9999, far from where arithmetic overflows. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final int SHOWN_LENGTH = 40;

  private final Map<String, Object> claims;

  Claims(Map<String, Object> claims) {
    this.claims = claims;
  }

  /** Seconds since 1970, without their fraction, or null when there is no such claim. */
  @Nullable Long time(String name) throws MalformedTokenException {
    Object value = claims.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number)
        || !(number.doubleValue() >= 0 && number.doubleValue() <= LAST_SECOND)) {
      throw new MalformedTokenException(name + " (expected: a number of seconds since 1970)");
    }
    return number.longValue();
  }

  /** A bounded text, or null when there is no such claim. */
  @Nullable String id(String name) throws MalformedTokenException {
    Object value = claims.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text) || !ClientToken.isId(text)) {
      throw new MalformedTokenException(
          name
              + " (expected: a text of 1 to "
              + ClientToken.MAX_ID_LENGTH
              + " characters, no control characters)");
    }
    return text;
  }

  /** None when there is no such claim. */
  Capabilities capabilities() throws MalformedTokenException {
    Object value = claims.get(CAPABILITIES);
    if (value == null) {
      return Capabilities.NONE;
    }
    if (!(value instanceof Map<?, ?> rules)) {
      throw new MalformedTokenException(
          "cap (expected: an object of channel patterns and their operations)");
    }
    if (rules.size() > Capabilities.MAX_PATTERNS) {
      throw new MalformedTokenException(
          "cap: "
              + rules.size()
              + " patterns (expected: at most "
              + Capabilities.MAX_PATTERNS
              + ")");
    }
    Map<ChannelPattern, Set<Operation>> read = new LinkedHashMap<>();
    for (Map.Entry<?, ?> rule : rules.entrySet()) {
      String pattern = String.valueOf(rule.getKey());
      read.put(pattern(pattern), operations(pattern, rule.getValue()));
    }
    return Capabilities.of(read);
  }

  /** None when there is no such claim. */
  TokenLimits limits() throws MalformedTokenException {
    Object value = claims.get(LIMITS);
    if (value == null) {
      return TokenLimits.NONE;
    }
    if (!(value instanceof Map<?, ?> limits)) {
      throw new MalformedTokenException("lim (expected: an object of limits)");
    }
    return new TokenLimits(limit(limits, "channels"), limit(limits, "publishes"));
  }

  private static @Nullable Integer limit(Map<?, ?> limits, String name)
      throws MalformedTokenException {
    Object value = limits.get(name);
    if (value == null) {
      return null;
    }
    boolean whole = value instanceof Integer || value instanceof Long;
    long limit = whole ? ((Number) value).longValue() : 0;
    if (limit < 1 || limit > TokenLimits.MAX) {
      throw new MalformedTokenException(
          "lim." + name + " (expected: a whole number from 1 to " + TokenLimits.MAX + ")");
    }
    return (int) limit;
  }

  /** The claim that stands for the limits; empty for none. */
  static Map<String, Integer> written(TokenLimits limits) {
    Map<String, Integer> written = new LinkedHashMap<>();
    if (limits.channels() != null) {
      written.put("channels", limits.channels());
    }
    if (limits.publishes() != null) {
      written.put("publishes", limits.publishes());
    }
    return written;
  }

  private static ChannelPattern pattern(String text) throws MalformedTokenException {
    try {
      return new ChannelPattern(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedTokenException(
          "cap: \"" + shown(text) + "\" (expected: a channel name in which * stands for any run)");
    }
  }

  private static Set<Operation> operations(String pattern, @Nullable Object words)
      throws MalformedTokenException {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    if (!(words instanceof List<?> list)) {
      throw noOperations(pattern);
    }
    for (Object word : list) {
      Operation operation = Operation.ofWord(String.valueOf(word));
      if (operation == null) {
        throw noOperations(pattern);
      }
      operations.add(operation);
    }
    return operations;
  }

  private static MalformedTokenException noOperations(String pattern) {
    return new MalformedTokenException(
        "cap of \""
            + shown(pattern)
            + "\" (expected: a list of subscribe, publish, presence and history)");
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
  }
}
