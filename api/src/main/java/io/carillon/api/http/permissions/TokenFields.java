package io.carillon.api.http.permissions;

import io.carillon.api.http.CapabilityFields;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Members;
import io.carillon.api.http.Quoted;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenIssuer;
import io.carillon.core.auth.TokenIssuer.TokenRequest;
import io.carillon.core.auth.TokenLimits;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.App;
import io.carillon.core.model.KeyId;
import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is asked about tokens. Stateless. */
public final class TokenFields {
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private TokenFields() {}

  public static Checked<TokenRequest> request(JsonNode json) {
    return optionalId(json, "clientId")
        .then(
            client ->
                CapabilityFields.read(json)
                    .then(
                        capabilities ->
                            Members.number(
                                    json,
                                    "ttl",
                                    TokenIssuer.DEFAULT_LIFE.toSeconds(),
                                    ClientToken.MAX_LIFE.toSeconds())
                                .then(
                                    ttl ->
                                        limits(json)
                                            .then(
                                                limits ->
                                                    Checked.valid(
                                                        new TokenRequest(
                                                            client.isEmpty() ? null : client,
                                                            capabilities,
                                                            Duration.ofSeconds(ttl),
                                                            limits))))));
  }

  private static Checked<TokenLimits> limits(JsonNode json) {
    JsonNode limits = Members.get(json, "limits");
    if (limits != null && !limits.isObject()) {
      return Checked.refused(Members.wrong("limits", limits, "an object"));
    }
    return limits == null
        ? Checked.valid(TokenLimits.NONE)
        : Members.shaped(limits, TokenBodies.Limits.class)
            .then(
                object ->
                    limit(object, "channels")
                        .then(
                            channels ->
                                limit(object, "publishes")
                                    .then(
                                        publishes ->
                                            Checked.valid(
                                                new TokenLimits(
                                                    given(channels), given(publishes))))));
  }

  private static Checked<Long> limit(JsonNode limits, String name) {
    return Members.get(limits, name) == null
        ? Checked.valid(0L)
        : Members.number(limits, name, 1, TokenLimits.MAX);
  }

  /** Zero stands for one that is absent. */
  private static @Nullable Integer given(long limit) {
    return limit == 0 ? null : (int) limit;
  }

  /** Empty when it is absent. */
  static Checked<String> optionalId(JsonNode json, String name) {
    return Members.get(json, name) == null ? Checked.valid("") : id(json, name);
  }

  private static Checked<String> id(JsonNode json, String name) {
    return Members.string(json, name)
        .then(
            text ->
                ClientToken.isId(text)
                    ? Checked.valid(text)
                    : Checked.refused(
                        ErrorCode.BAD_REQUEST,
                        name
                            + ": "
                            + Quoted.of(text)
                            + " (expected: 1 to "
                            + ClientToken.MAX_ID_LENGTH
                            + " characters without control characters)"));
  }

  public static Checked<RevokeTokens> revocation(JsonNode json, App app, long nowMillis) {
    List<By> named = new ArrayList<>();
    for (By by : By.values()) {
      if (Members.get(json, memberOf(by)) != null) {
        named.add(by);
      }
    }
    if (named.size() != 1) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST,
          "id, clientId, key: " + named.size() + " of them (expected: one of them)");
    }
    By by = named.getFirst();
    return id(json, memberOf(by))
        .then(value -> known(by, value, app))
        .then(
            value ->
                issuedBefore(json, by, nowMillis)
                    .then(
                        seconds -> Checked.valid(new RevokeTokens(app.id(), by, value, seconds))));
  }

  private static Checked<String> known(By by, String value, App app) {
    boolean known = by != By.KEY || (KeyId.isValid(value) && app.key(new KeyId(value)) != null);
    return known
        ? Checked.valid(value)
        : Checked.refused(
            ErrorCode.BAD_REQUEST,
            "key: " + Quoted.of(value) + " (expected: an active key of the application)");
  }

  /** In seconds, such that what was issued in the second that has begun is among them. */
  private static Checked<Long> issuedBefore(JsonNode json, By by, long nowMillis) {
    @Nullable JsonNode given = Members.get(json, "issuedBefore");
    if (given != null && by == By.TOKEN) {
      return Checked.refused(Members.wrong("issuedBefore", given, "none beside id"));
    }
    return Members.number(json, "issuedBefore", nowMillis, LAST_MILLIS)
        .then(millis -> Checked.valid(given == null ? millis / 1_000 + 1 : (millis + 999) / 1_000));
  }

  /** The member of a request that names tokens so. */
  public static String memberOf(By by) {
    return switch (by) {
      case TOKEN -> "id";
      case CLIENT -> "clientId";
      case KEY -> "key";
    };
  }
}
