package io.carillon.standalone.files;

import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * The small files beside the database: the master key, the demo application and where the running
 * server is. Files with secrets are readable by their owner only. Immutable; one server at a time
 * writes, which the database's lock on the folder sees to.
 */
public final class DataFolder {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MASTER_KEY_BYTES = 32;
  private static final int KEY_BYTES = 10;
  private static final int SECRET_BYTES = 16;
  private static final int FIRST_APP_ID = 100_000;
  private static final int APP_IDS = 900_000;

  private final Path folder;

  public DataFolder(Path folder) {
    this.folder = folder;
  }

  /** The application that a new installation is tried with. */
  public record DemoApp(AppId id, KeyId key, Secret secret) {}

  /** The key that seals secrets in the database, in Base64; made at the first call. */
  public String masterKey() {
    Path file = folder.resolve("master.key");
    Optional<String> kept = read(file);
    if (kept.isPresent()) {
      return masterKey(file, kept.get().strip());
    }
    byte[] key = new byte[MASTER_KEY_BYTES];
    RANDOM.nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key);
    write(file, text + "\n");
    return text;
  }

  private static String masterKey(Path file, String text) {
    try {
      if (Base64.getDecoder().decode(text).length == MASTER_KEY_BYTES) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // Told below in the same words.
    }
    throw new StartException(file + " (expected: 32 bytes in Base64; restore it from a backup)");
  }

  /** The demo application that was made here, if one was. */
  public Optional<DemoApp> demoApp() {
    Path file = folder.resolve("demo-app");
    return read(file)
        .map(
            text -> {
              Properties lines = new Properties();
              try {
                lines.load(new StringReader(text));
                return new DemoApp(
                    new AppId(lines.getProperty("app", "")),
                    new KeyId(lines.getProperty("key", "")),
                    Secret.of(lines.getProperty("secret", "")));
              } catch (IOException | IllegalArgumentException e) {
                throw new StartException(
                    file + " (expected: lines app=, key= and secret=; delete it for a new one)", e);
              }
            });
  }

  /** The demo application of this folder, with a random id that suits all Pusher libraries. */
  public DemoApp demoAppMadeIfAbsent() {
    return demoApp()
        .orElseGet(
            () -> {
              String id = String.valueOf(FIRST_APP_ID + RANDOM.nextInt(APP_IDS));
              String key = randomHex(KEY_BYTES);
              String secret = randomHex(SECRET_BYTES);
              write(
                  folder.resolve("demo-app"),
                  "app=%s%nkey=%s%nsecret=%s%n".formatted(id, key, secret));
              return new DemoApp(new AppId(id), new KeyId(key), Secret.of(secret));
            });
  }

  /** Where the server of this folder runs, if one does or did until it was killed. */
  public Optional<String> address() {
    return read(folder.resolve("address")).map(String::strip);
  }

  /** Says where the server runs, until the answer is closed. */
  public AutoCloseable announce(String url) {
    Path file = folder.resolve("address");
    write(file, url + "\n");
    return () -> Files.deleteIfExists(file);
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StartException(file + " (expected: a file that can be read)", e);
    }
  }

  /** Complete or not at all: a crash must not leave half a key behind. */
  private void write(Path file, String text) {
    try {
      Files.createDirectories(folder);
      Path draft = folder.resolve(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.createFile(
            draft,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw new StartException(folder + " (expected: a folder that can be written)", e);
    } catch (IOException e) {
      throw new StartException(file + " (expected: room to write it)", e);
    }
  }
}
