package io.carillon.standalone.cli;

import io.carillon.core.model.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The server that a command talks to, and who it is there. Immutable. */
record Target(URI url, Access access) {
  /** Who the client is. */
  sealed interface Access {
    /** A backend: may do everything, and makes its own tokens. */
    record Backend(String key, Secret secret) implements Access {}

    /** A client with a token that a backend made. */
    record Token(Secret token) implements Access {}

    /** Anybody who knows the application's key. */
    record Anybody(String key) implements Access {}
  }

  private static final Map<String, String> VARIABLES =
      Map.of(
          "--url", "CARILLON_URL",
          "--app", "CARILLON_APP",
          "--key", "CARILLON_KEY",
          "--secret", "CARILLON_SECRET",
          "--token", "CARILLON_TOKEN");

  /**
   * Options win over variables, and these over what is known of the server of this folder; its
   * settings are read only when they are needed.
   */
  static Target of(Arguments arguments, Map<String, String> environment) {
    Map<String, String> given = given(arguments, environment);
    LocalServer local = new LocalServer(environment);
    Access access = access(given, local);
    String url = given.get("--url");
    return new Target(url("--url", url == null ? local.url() : url), access);
  }

  private static Map<String, String> given(Arguments arguments, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    VARIABLES.forEach(
        (option, variable) ->
            arguments
                .value(option)
                .or(
                    () ->
                        Optional.ofNullable(environment.get(variable))
                            .map(String::strip)
                            .filter(text -> !text.isEmpty()))
                .ifPresent(value -> given.put(option, value)));
    // what is said with the command is meant, whatever the surroundings say
    if (arguments.value("--token").isEmpty()
        && (arguments.value("--key").isPresent() || arguments.value("--app").isPresent())) {
      given.remove("--token");
    }
    return given;
  }

  private static Access access(Map<String, String> given, LocalServer local) {
    String token = given.get("--token");
    String key = given.get("--key");
    String secret = given.get("--secret");
    if (token != null) {
      return new Access.Token(Secret.of(token));
    }
    if (key != null && secret != null) {
      return new Access.Backend(key, Secret.of(secret));
    }
    if (key != null) {
      return local
          .withKey(key)
          .<Access>map(app -> new Access.Backend(key, app.secret()))
          .orElseGet(() -> new Access.Anybody(key));
    }
    LocalServer.App app = local.app(given.get("--app"));
    return new Access.Backend(app.key(), secret == null ? app.secret() : Secret.of(secret));
  }

  /** An address, which this option has given. */
  static URI url(String option, String text) {
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Told below in the same words.
    }
    throw CommandException.wrong(
        option + ": " + Text.printable(text) + " (expected: http(s)://host[:port])");
  }
}
