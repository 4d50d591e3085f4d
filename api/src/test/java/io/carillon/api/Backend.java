package io.carillon.api;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A tenant's backend: signs as the documentation says, with code that shares nothing with the
 * server's.
 */
public record Backend(String app, String key, String secret) {
  /** The tenant of the published vectors. */
  public static final Backend ACME =
      new Backend("3", "278d425bdf160c739803", "7ad3773142a6692b25b8");

  public static final Backend OTHER = new Backend("4", "other-key", "other-secret");

  /** The query's parameters, signature included. */
  public Map<String, String> signed(
      String method, String path, Map<String, String> parameters, String body, long seconds) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("auth_key", key);
    all.put("auth_timestamp", String.valueOf(seconds));
    all.put("auth_version", "1.0");
    if (!body.isEmpty()) {
      all.put("body_md5", md5(body));
    }
    all.put("auth_signature", sign(method, path, all));
    return all;
  }

  /** The signature over exactly these. */
  public String sign(String method, String path, Map<String, String> parameters) {
    return hmac(method + "\n" + path + "\n" + plain(new TreeMap<>(parameters)));
  }

  /** The parameters as Node's library writes them: not encoded. */
  public static String plain(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&"));
  }

  /** The header that names the key and proves its secret. */
  public String basic() {
    String credentials = key + ":" + secret;
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  public String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String md5(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      return String.format("%032x", new BigInteger(1, digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
