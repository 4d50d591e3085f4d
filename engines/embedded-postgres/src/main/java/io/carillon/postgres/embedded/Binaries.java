package io.carillon.postgres.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked from the class path into a folder named after their content; a
 * folder that is there is complete. Immutable.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path folder) {
  private static final int UNPACK_SECONDS = 60;

  /** Unpacks under the parent unless that was done before. */
  static Binaries unpacked(Path parent, Consumer<String> progress) {
    try {
      URL archive = archive();
      Path folder = parent.resolve("binaries-" + contentHash(archive));
      if (!Files.isDirectory(folder)) {
        progress.accept("Unpacking Postgres into " + folder);
        unpack(archive, folder);
      }
      return new Binaries(folder);
    } catch (IOException e) {
      throw FolderLock.notWritable(parent, e);
    }
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  static URL archive() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    String system = os.startsWith("mac") ? "darwin" : os.split(" ", 2)[0];
    String machine = arch.equals("aarch64") ? "arm_64" : "x86_64";
    URL archive = Binaries.class.getResource("/postgres-" + system + "-" + machine + ".txz");
    if (archive == null) {
      throw new EmbeddedPostgresException(
          "No embedded Postgres for "
              + os
              + " on "
              + arch
              + ": set CARILLON_POSTGRES_URL to a Postgres of your own");
    }
    return archive;
  }

  /** Length and checksum, which a jar's index knows without reading 15 MB at each start. */
  private static String contentHash(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return hash(jar.getJarEntry().getSize(), jar.getJarEntry().getCrc());
    }
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(connection.getInputStream(), crc)) {
      return hash(in.transferTo(OutputStream.nullOutputStream()), crc.getValue());
    }
  }

  private static String hash(long length, long crc) {
    return String.format("%x-%08x", length, crc);
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
    delete(partial);
    Files.createDirectories(partial);
    if (!unpackWithTar(archive, partial)) {
      delete(partial);
      unpackHere(archive, partial);
    }
    Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether the system has a tar that can do it, which takes a third of the time. */
  private static boolean unpackWithTar(URL archive, Path folder) throws IOException {
    Process tar;
    try {
      tar =
          new ProcessBuilder("tar", "-x", "-J", "-o", "-f", "-", "-C", folder.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return false;
    }
    try (InputStream in = archive.openStream()) {
      try (OutputStream out = tar.getOutputStream()) {
        in.transferTo(out);
      } catch (IOException e) {
        return false;
      }
      return tar.waitFor(UNPACK_SECONDS, TimeUnit.SECONDS) && tar.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while Postgres was being unpacked", e);
    } finally {
      tar.destroyForcibly();
    }
  }

  static void unpackHere(URL archive, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(archive.openStream(), 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, folder);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("archive entry: " + entry.getName() + " (expected: a path inside)");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
      throw new IOException(target + " cannot be made executable");
    }
  }

  /** Deletes a folder with all that is in it; nothing when there is none. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
