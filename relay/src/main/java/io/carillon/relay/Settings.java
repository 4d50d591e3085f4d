package io.carillon.relay;

import java.net.URI;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What the program is told by its environment. Immutable.
 *
 * @param database {@code postgres://user:password@host:port/name}, or an address of JDBC
 * @param url where the server is
 */
record Settings(String database, String url, String key, String secret) {
  static Settings of(Map<String, String> environment) {
    return new Settings(
        needed(environment, "DATABASE_URL", "postgres://user:password@host:5432/name"),
        needed(environment, "CARILLON_URL", "https://rt.example.com"),
        needed(environment, "CARILLON_KEY", "a key of the app"),
        needed(environment, "CARILLON_SECRET", "the key's secret"));
  }

  private static String needed(Map<String, String> environment, String name, String example) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + ": not set (expected: " + example + ")");
    }
    return value;
  }

  PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    if (database.startsWith("jdbc:")) {
      source.setUrl(database);
      return source;
    }
    URI uri = URI.create(database);
    String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw new IllegalArgumentException(
          "DATABASE_URL: no host or no name (expected: postgres://user:password@host:5432/name)");
    }
    String port = uri.getPort() > 0 ? ":" + uri.getPort() : "";
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    source.setUrl("jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query);
    int colon = user.indexOf(':');
    if (!user.isEmpty()) {
      source.setUser(colon < 0 ? user : user.substring(0, colon));
    }
    if (colon >= 0) {
      source.setPassword(user.substring(colon + 1));
    }
    return source;
  }

  /** Leaves out what nobody else may know. */
  @Override
  public String toString() {
    return "Settings[url=" + url + ", key=" + key + "]";
  }
}
