package io.carillon.core.config;

import io.carillon.core.model.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an external Postgres is, with the credentials taken out of the address, so that the address
 * can be shown. Immutable.
 *
 * @param password null when the server asks for none
 */
public record PostgresUrl(String jdbcUrl, String user, @Nullable Secret password) {

  /**
   * Reads {@code postgres://user:password@host:5432/database} or {@code
   * jdbc:postgresql://host:5432/database?user=...&password=...}; other parameters are kept.
   *
   * @throws IllegalArgumentException without repeating the text, which may hold a password
   */
  static PostgresUrl parse(String text) {
    String plain = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    URI uri;
    try {
      uri = URI.create(plain);
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
    boolean scheme = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
    if (!scheme || uri.getHost() == null || uri.getPath().length() < 2) {
      throw wrong();
    }
    return withCredentials(uri);
  }

  private static PostgresUrl withCredentials(URI uri) {
    String user = null;
    String password = null;
    if (uri.getRawUserInfo() != null) {
      String[] parts = uri.getRawUserInfo().split(":", 2);
      user = decode(parts[0].replace("+", "%2B"));
      password = parts.length == 2 ? decode(parts[1].replace("+", "%2B")) : null;
    }
    List<String> kept = new ArrayList<>();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("user=")) {
        user = decode(parameter.substring("user=".length()));
      } else if (parameter.startsWith("password=")) {
        password = decode(parameter.substring("password=".length()));
      } else if (!parameter.isEmpty()) {
        kept.add(parameter);
      }
    }
    if (user == null || user.isEmpty()) {
      throw wrong();
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String parameters = kept.isEmpty() ? "" : "?" + String.join("&", kept);
    return new PostgresUrl(
        "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + parameters,
        user,
        password == null || password.isEmpty() ? null : Secret.of(password));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("not a Postgres URL with a user");
  }
}
