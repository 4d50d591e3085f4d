package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

final class JarBudgetTest {
  private static final int BYTES_MAX = 150_000;

  /** What the packaging adds: the manifest, and entries of folders; 900 bytes as measured. */
  private static final int PACKAGING_BYTES = 1_500;

  @Test
  void theLibraryIsASmallJar() throws Exception {
    Path classes = Path.of("target", "classes");
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar);
        Stream<Path> files = Files.walk(classes)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    assertThat(jar.size()).as("bytes").isBetween(20_000, BYTES_MAX - PACKAGING_BYTES);
  }
}
