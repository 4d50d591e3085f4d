package io.carillon.standalone.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir Path temporary;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = temporary.resolve("some.yml");
  }

  @Test
  void withoutAFileTheEnvironmentIsEnough() {
    assertThat(ConfigFile.load(Map.of())).isInstanceOf(ConfigLoader.Loaded.class);
  }

  @Test
  void theFileIsReadAndTheEnvironmentWins() throws IOException {
    Files.writeString(
        file, "carillon:\n  port: 1234\n  data: elsewhere\ncarillon.limits.outbox-bytes: 65536\n");

    ConfigLoader.Result result =
        ConfigFile.load(Map.of("CARILLON_CONFIG", file.toString(), "CARILLON_PORT", "4321"));

    assertThat(result)
        .isInstanceOfSatisfying(
            ConfigLoader.Loaded.class,
            loaded -> {
              assertThat(loaded.config().server().port()).isEqualTo(4321);
              assertThat(loaded.config().storage().data()).isEqualTo(Path.of("elsewhere"));
              assertThat(loaded.config().limits().outboxBytes()).isEqualTo(65_536);
            });
  }

  @Test
  void anEmptyFileIsFine() throws IOException {
    Files.writeString(file, "# nothing yet\n");

    assertThat(ConfigFile.load(Map.of("CARILLON_CONFIG", file.toString())))
        .isInstanceOf(ConfigLoader.Loaded.class);
  }

  @Test
  void aNamedFileHasToExist() {
    assertThat(problem()).isEqualTo(file + " (expected: an existing file)");
  }

  @Test
  void brokenYamlIsToldByItsLineWithoutItsText() throws IOException {
    Files.writeString(file, "carillon:\n  master-key: [hunter2\n  port: 1\n");

    assertThat(problem()).startsWith(file + " (expected: YAML; line ").doesNotContain("hunter2");
  }

  @Test
  void aKeyGivenTwiceIsRefused() throws IOException {
    Files.writeString(file, "carillon:\n  port: 1\n  port: 2\n");

    assertThat(problem()).startsWith(file + " (expected: YAML");
  }

  @Test
  void aListIsNoConfiguration() throws IOException {
    Files.writeString(file, "- carillon\n");

    assertThat(problem()).isEqualTo(file + " (expected: keys such as `carillon:`)");
  }

  private String problem() {
    ConfigLoader.Result result = ConfigFile.load(Map.of("CARILLON_CONFIG", file.toString()));
    assertThat(result).isInstanceOf(ConfigLoader.Refused.class);
    assertThat(((ConfigLoader.Refused) result).problems()).hasSize(1);
    return ((ConfigLoader.Refused) result).problems().getFirst();
  }
}
