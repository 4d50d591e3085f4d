package io.carillon.standalone;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.Role;
import io.carillon.standalone.files.DataFolder.DemoApp;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What a person reads when the server is ready. Stateless. */
final class Banner {
  private Banner() {}

  static String of(CarillonConfig config, Standalone.Running running) {
    StringBuilder text = new StringBuilder();
    text.append("\nCarillon is ready on ").append(running.url()).append("\n\n");
    DemoApp demo = running.demoApp();
    if (config.server().roles().contains(Role.CONSOLE)) {
      URI publicUrl = config.server().publicUrl();
      String base = publicUrl == null ? running.url() : publicUrl.toString();
      line(text, "Console", base + (demo == null ? "/" : "/?key=" + demo.key()));
      line(text, "Docs", base + "/docs/");
    }
    if (running.metricsUrl() != null) {
      line(text, "Metrics", running.metricsUrl());
    }
    if (demo != null) {
      line(text, "Demo app", "id " + demo.id());
      line(text, "", "key " + demo.key());
      // Shown on purpose: the application exists to be tried, on the machine that shows it.
      line(text, "", "secret " + new String(demo.secret().reveal(), StandardCharsets.UTF_8));
    }
    if (demo != null || !config.access().bootstrapApps().isEmpty()) {
      text.append("\n  In other terminals:\n");
      line(text, "Subscribe", "./carillon subscribe my-channel");
      line(text, "Publish", "./carillon publish my-channel greeting '{\"text\":\"hello\"}'");
    }
    return text.append("\nCtrl-C stops it.").toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-10s %s%n".formatted(name, value));
  }
}
