package io.carillon.core.config;

/** Renders the catalogue as the page {@code docs/configuration.md}. Stateless. */
public final class ConfigurationDocument {
  private static final String HEAD =
      """
      # Configuration

      <!-- Rendered from core/src/main/java/io/carillon/core/config/Settings.java; rewrite with
           mvn -pl core test -Dtest=ConfigurationDocumentTest -Dcarillon.docs.write=true -->

      Carillon takes settings from environment variables and from `carillon.yml` in the folder it is
      started in. A variable wins over the file. A name that Carillon does not know is refused, with
      the nearest known one; all problems are told at once, before anything starts. An empty value
      counts as unset. In the file a key may be nested, and a list may be a YAML list:

      ```yaml settings
      carillon:
        port: 8080
        allowed-origins: [https://app.example.com, https://admin.example.com]
        limits:
          outbox-bytes: 1048576
      ```
      """;

  private ConfigurationDocument() {}

  /** The whole page. */
  public static String render() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Settings.Group group : Settings.GROUPS) {
      page.append("\n## ").append(group.title()).append('\n');
      group.settings().forEach(setting -> append(page, setting));
    }
    return page.toString();
  }

  private static void append(StringBuilder page, Setting<?> setting) {
    page.append("\n### `").append(setting.key()).append("`\n\n");
    page.append(setting.description()).append("\n\n");
    page.append("- Variable: `").append(setting.variable()).append("`\n");
    page.append("- Expected: ").append(setting.type().expectation()).append('\n');
    page.append("- Default: ")
        .append(setting.defaultText().isEmpty() ? "unset" : "`" + setting.defaultText() + "`")
        .append('\n');
  }
}
