package io.carillon.standalone.cli;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.ConfigLoader;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import io.carillon.standalone.files.ConfigFile;
import io.carillon.standalone.files.DataFolder;
import io.carillon.standalone.files.DataFolder.DemoApp;
import java.net.URI;
import java.util.Map;

/** The server and the application that a command talks to. Immutable. */
record Target(URI url, AppId app, KeyId key, Secret secret) {
  private static final int DEFAULT_PORT = 8080;

  /**
   * The options win; then the first bootstrap application of the settings, then the demo
   * application of the data folder.
   */
  static Target of(Map<String, String> options, Map<String, String> environment) {
    CarillonConfig config =
        switch (ConfigFile.load(environment)) {
          case ConfigLoader.Loaded loaded -> loaded.config();
          case ConfigLoader.Refused refused ->
              throw CommandException.wrong(String.join("\n", refused.problems()));
        };
    DataFolder data = new DataFolder(config.storage().data());
    URI url = url(options, config, data);
    if (options.containsKey("--app")
        && options.containsKey("--key")
        && options.containsKey("--secret")) {
      return given(options, url, new DemoApp(new AppId("0"), new KeyId("0"), Secret.of("0")));
    }
    return given(options, url, known(config, data));
  }

  private static Target given(Map<String, String> options, URI url, DemoApp known) {
    try {
      return new Target(
          url,
          options.containsKey("--app") ? new AppId(options.getOrDefault("--app", "")) : known.id(),
          options.containsKey("--key") ? new KeyId(options.getOrDefault("--key", "")) : known.key(),
          options.containsKey("--secret")
              ? Secret.of(options.getOrDefault("--secret", ""))
              : known.secret());
    } catch (IllegalArgumentException e) {
      throw CommandException.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static DemoApp known(CarillonConfig config, DataFolder data) {
    if (!config.access().bootstrapApps().isEmpty()) {
      CarillonConfig.BootstrapApp first = config.access().bootstrapApps().getFirst();
      return new DemoApp(first.id(), first.key().id(), first.key().secret());
    }
    return data.demoApp()
        .orElseThrow(
            () ->
                CommandException.wrong(
                    "no demo app in "
                        + config.storage().data()
                        + " (expected: ./carillon start once, or --app, --key and --secret)"));
  }

  private static URI url(Map<String, String> options, CarillonConfig config, DataFolder data) {
    int port = config.server().port() == 0 ? DEFAULT_PORT : config.server().port();
    String text = options.getOrDefault("--url", data.address().orElse("http://localhost:" + port));
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Told below in the same words.
    }
    throw CommandException.wrong("--url: " + text + " (expected: http(s)://host[:port])");
  }
}
