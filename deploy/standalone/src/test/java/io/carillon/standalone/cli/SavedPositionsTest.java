package io.carillon.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.client.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPositionsTest {
  @TempDir Path folder;

  @Test
  void aPositionIsKeptOnceTheWorkIsDoneAndNeverGoesBack() {
    Path file = folder.resolve("saved");
    try (SavedPositions saved = SavedPositions.of(file)) {
      assertThat(saved.step("a", new Position(1, 5), () -> true)).isTrue();
      assertThat(saved.step("a", new Position(1, 4), () -> true)).isTrue();
      assertThat(saved.step("b:c", new Position(2, 0), () -> true)).isTrue();
      assertThat(saved.step("a", new Position(1, 6), () -> false)).isFalse();
      assertThat(saved.step("a", new Position(1, 7), () -> true)).as("after the end").isTrue();
    }
    assertThat(file).hasContent("1@5 a\n2@0 b:c\n");
    try (SavedPositions saved = SavedPositions.of(file)) {
      assertThat(saved.of("a")).contains(new Position(1, 5));
      assertThat(saved.of("b:c")).contains(new Position(2, 0));
      assertThat(saved.of("d")).isEmpty();
    }
  }

  @Test
  void aFileBelongsToOneProcess() {
    Path file = folder.resolve("saved");
    try (SavedPositions saved = SavedPositions.of(file)) {
      assertThat(saved.areKept()).isTrue();
      assertThatExceptionOfType(CommandException.class)
          .isThrownBy(() -> SavedPositions.of(file))
          .withMessageContaining("in use by another process");
    }
  }

  @Test
  void somethingElseInTheFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("saved"), "precious\n");
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> SavedPositions.of(file))
        .withMessageContaining("delete it to begin anew");
    assertThat(file).hasContent("precious\n");
  }
}
