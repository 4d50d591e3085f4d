package io.carillon.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.benchmark.profile.Profile.Counting;
import io.carillon.benchmark.profile.Profile.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  private static final Path PROFILES =
      Path.of(System.getProperty("carillon.root", "../.."), "benchmarks", "profiles");

  @TempDir Path folder;

  private Profile profile(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name + ".properties"), List.of(lines));
    return Profile.read(folder.resolve(name + ".properties"));
  }

  @Test
  void everyProfileOfTheRepositoryCanBeRead() throws IOException {
    try (Stream<Path> files = Files.list(PROFILES)) {
      for (Path file : files.toList()) {
        Profile profile = Profile.read(file);
        assertThat(profile.title()).isNotEmpty();
        assertThat(profile.text("start")).isNotEmpty();
        assertThat(profile.publishBySocket()).as(file.toString()).isNotNull();
      }
    }
  }

  @Test
  void stepsAreInTheirOrderAndSayWhatToCapture() throws IOException {
    Profile profile =
        profile(
            "a",
            "title = A",
            "ws.path = /",
            "open.1.expect = hello",
            "open.1.capture.socket = id\":\"",
            "open.2.send = sub {channel}");

    List<Step> steps = profile.steps("open");
    assertThat(steps).hasSize(2);
    assertThat(steps.getFirst().expect()).isEqualTo("hello");
    assertThat(steps.getFirst().captures()).isEqualTo(Map.of("socket", "id\":\""));
    assertThat(steps.getLast().send().text()).isEqualTo("sub {channel}");
    assertThat(profile.counting()).isEqualTo(Counting.FRAMES);
    assertThat(profile.uses("channel")).isTrue();
    assertThat(profile.uses("token")).isFalse();
  }

  @Test
  void whatExtendsAnotherOneHasItsKeysButForEmptyOnes() throws IOException {
    profile("base", "title = Base", "ws.path = /a", "redis = yes", "count = markers");

    Profile profile = profile("more", "extends = base", "title = More", "redis =");

    assertThat(profile.title()).isEqualTo("More");
    assertThat(profile.text("ws.path")).isEqualTo("/a");
    assertThat(profile.has("redis")).isFalse();
    assertThat(profile.counting()).isEqualTo(Counting.MARKERS);
  }

  @Test
  void aBatchRepeatsItsItem() throws IOException {
    Profile profile =
        profile(
            "a",
            "title = A",
            "ws.path = /",
            "batch.path = /b",
            "batch.body = [{items}]",
            "batch.item = \"{data}\"",
            "batch.size = 3");

    assertThat(Objects.requireNonNull(profile.publishBatch()).body().text())
        .isEqualTo("[\"{data}\",\"{data}\",\"{data}\"]");
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThatThrownBy(() -> profile("a", "title = A", "ws.path = /", "ws.paht = /"))
        .hasMessageEndingWith("ws.paht (expected: a key of benchmarks/README.md)");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Profile profile = profile("a", "title = A", "ws.path = /", "requires = sh,/no/such/file");

    assertThat(profile.missing()).containsExactly("/no/such/file");
  }
}
