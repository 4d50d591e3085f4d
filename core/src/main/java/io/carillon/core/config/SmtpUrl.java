package io.carillon.core.config;

import io.carillon.core.model.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where mails are handed over. Immutable.
 *
 * @param tls from the first byte; else by STARTTLS
 * @param user null without a login
 * @param password null without a login
 */
public record SmtpUrl(
    String host, int port, boolean tls, @Nullable String user, @Nullable Secret password) {
  static final String EXPECTED =
      "smtp://user:password@host:587 (STARTTLS), or smtps:// with port 465; without user and"
          + " password where the server asks for none";

  private static final int SUBMISSION = 587;
  private static final int SUBMISSION_TLS = 465;

  /** The URL, or null when it is none. */
  static @Nullable SmtpUrl parse(String text) {
    URI uri = URI.create(text);
    boolean tls = "smtps".equals(uri.getScheme());
    boolean bare =
        uri.getRawPath() != null
            && uri.getRawPath().length() <= 1
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if ((!tls && !"smtp".equals(uri.getScheme())) || uri.getHost() == null || !bare) {
      return null;
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? SUBMISSION_TLS : SUBMISSION;
    String login = uri.getRawUserInfo();
    if (login == null) {
      return new SmtpUrl(uri.getHost(), port, tls, null, null);
    }
    int colon = login.indexOf(':');
    return colon < 1 || colon == login.length() - 1
        ? null
        : new SmtpUrl(
            uri.getHost(),
            port,
            tls,
            decoded(login.substring(0, colon)),
            Secret.of(decoded(login.substring(colon + 1))));
  }

  private static String decoded(String coded) {
    // in a URL's user information + stands for itself
    return URLDecoder.decode(coded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return (tls ? "smtps://" : "smtp://") + host + ":" + port;
  }
}
