package io.carillon.standalone.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void theMasterKeyIsMadeOnceAndReadableByItsOwnerOnly() throws Exception {
    Path folder = temporary.resolve("new");

    String key = new DataFolder(folder).masterKey();

    assertThat(new DataFolder(folder).masterKey()).isEqualTo(key).hasSize(44);
    assertThat(Files.getPosixFilePermissions(folder.resolve("master.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aSpoiltMasterKeyIsRefusedRatherThanReplaced() throws Exception {
    Files.writeString(temporary.resolve("master.key"), "spoilt");

    assertThatThrownBy(() -> new DataFolder(temporary).masterKey())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("master.key (expected: 32 bytes in Base64")
        .hasMessageNotContaining("spoilt");
  }

  @Test
  void theDemoAppStaysTheSameAndHasANumericId() throws Exception {
    DataFolder folder = new DataFolder(temporary);
    assertThat(folder.demoApp()).isEmpty();

    DataFolder.DemoApp made = folder.demoAppMadeIfAbsent();

    assertThat(folder.demoAppMadeIfAbsent()).isEqualTo(made);
    assertThat(folder.demoApp()).contains(made);
    assertThat(made.id().value()).matches("[1-9][0-9]{5}");
    assertThat(Files.getPosixFilePermissions(temporary.resolve("demo-app")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theAddressIsThereWhileTheServerRuns() throws Exception {
    DataFolder folder = new DataFolder(temporary);

    try (AutoCloseable announced = folder.announce("http://localhost:1")) {
      assertThat(announced).isNotNull();
      assertThat(folder.address()).contains("http://localhost:1");
    }

    assertThat(folder.address()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> new DataFolder(file).announce("http://localhost:1"))
        .isInstanceOf(StartException.class)
        .hasMessage(file + " (expected: a folder that can be written)");
  }
}
