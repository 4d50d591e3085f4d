package io.carillon.standalone.cli;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.ConfigLoader;
import io.carillon.core.model.Secret;
import io.carillon.standalone.files.ConfigFile;
import io.carillon.standalone.files.DataFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the server of this folder, from its settings and its data. Confined to one
 * thread; nothing is read before it is asked for.
 */
final class LocalServer {
  private static final int DEFAULT_PORT = 8080;

  private final Map<String, String> environment;
  private @Nullable CarillonConfig config;

  /** An application of this server. */
  record App(String id, String key, Secret secret) {}

  LocalServer(Map<String, String> environment) {
    this.environment = environment;
  }

  private CarillonConfig config() {
    CarillonConfig known = config;
    if (known == null) {
      known =
          switch (ConfigFile.load(environment)) {
            case ConfigLoader.Loaded loaded -> loaded.config();
            case ConfigLoader.Refused refused ->
                throw CommandException.wrong(String.join("\n", refused.problems()));
          };
      config = known;
    }
    return known;
  }

  private DataFolder data() {
    return new DataFolder(config().storage().data());
  }

  /** Where it runs, or would. */
  String url() {
    int port = config().server().port() == 0 ? DEFAULT_PORT : config().server().port();
    return data().address().orElse("http://localhost:" + port);
  }

  private List<App> apps() {
    List<CarillonConfig.BootstrapApp> bootstrap = config().access().bootstrapApps();
    if (!bootstrap.isEmpty()) {
      return bootstrap.stream()
          .map(app -> new App(app.id().toString(), app.key().id().toString(), app.key().secret()))
          .toList();
    }
    return data().demoApp().stream()
        .map(app -> new App(app.id().toString(), app.key().toString(), app.secret()))
        .toList();
  }

  /** The application of this id, or the first. */
  App app(@Nullable String id) {
    List<App> apps = apps();
    if (apps.isEmpty()) {
      throw CommandException.wrong(
          "no demo app in "
              + config().storage().data()
              + " (expected: ./carillon start once, or --key and --secret, or --token)");
    }
    return apps.stream()
        .filter(app -> id == null || app.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.wrong(
                    "--app: %s (expected: one that this folder knows: %s; or --key and --secret)"
                        .formatted(
                            Text.printable(String.valueOf(id)),
                            String.join(", ", apps.stream().map(App::id).toList()))));
  }

  /** A key alone is enough to find its secret here. */
  Optional<App> withKey(String key) {
    return apps().stream().filter(app -> app.key().equals(key)).findFirst();
  }
}
