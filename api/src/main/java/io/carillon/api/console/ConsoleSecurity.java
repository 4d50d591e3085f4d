package io.carillon.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Micronaut Security's settings: it stands before the console's API alone, and reads one cookie.
 * Stateless.
 */
public final class ConsoleSecurity {
  private static final String PREFIX = "micronaut.security.";
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "carillon console sessions 1";

  private ConsoleSecurity() {}

  /**
   * What the process that serves the console has to set.
   *
   * @param masterKey the same on all nodes; the key that signs sessions is derived from it
   */
  public static Map<String, Object> properties(String masterKey) {
    Map<String, Object> properties = new HashMap<>();
    // whatever lies elsewhere has doors of its own, and does not pass through the filter, which
    // reads this name and not the documented "path"
    properties.put(PREFIX + "filter.pattern", "/v1/console/**");
    properties.put(PREFIX + "reject-not-found", false);
    properties.put(PREFIX + "basic-auth.enabled", false);
    properties.put(PREFIX + "token.bearer.enabled", false);
    properties.put(PREFIX + "token.basic-auth.enabled", false);
    properties.put(PREFIX + "redirect.enabled", false);
    properties.put(PREFIX + "endpoints.login.enabled", false);
    properties.put(PREFIX + "endpoints.logout.enabled", false);
    properties.put(PREFIX + "endpoints.oauth.enabled", false);
    properties.put(PREFIX + "endpoints.keys.enabled", false);
    String secret = PREFIX + "token.jwt.signatures.secret.generator.";
    properties.put(secret + "secret", Base64.getEncoder().encodeToString(derived(masterKey)));
    properties.put(secret + "base64", true);
    properties.put(secret + "jws-algorithm", "HS256");
    return properties;
  }

  private static byte[] derived(String masterKey) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(masterKey.getBytes(UTF_8), ALGORITHM));
      return mac.doFinal(PURPOSE.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
