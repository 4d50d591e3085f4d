package io.carillon.standalone.cli;

import io.carillon.client.Position;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last processed position of each channel, in a file that one process at a time owns. The file
 * is replaced as a whole after each step, so a process that is killed finds either the position
 * before its last step or the one after. Thread-safe, guarded by this; steps are one at a time.
 */
final class SavedPositions implements AutoCloseable {
  private final @Nullable Path file;
  private final @Nullable FileChannel lock;
  private final Map<String, Position> positions = new TreeMap<>();
  private boolean closed;

  private SavedPositions(@Nullable Path file, @Nullable FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  /** Steps are one at a time, and nothing is kept. */
  static SavedPositions none() {
    return new SavedPositions(null, null);
  }

  /**
   * Those of this file, or none when there is no such file yet.
   *
   * @throws CommandException when the file is another process's, or holds something else
   */
  static SavedPositions of(Path given) {
    Path file = given.toAbsolutePath();
    try {
      FileChannel lock =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw CommandException.failed(
            "--save: %s is in use by another process (expected: a file for each process)"
                .formatted(given));
      }
      SavedPositions saved = new SavedPositions(file, lock);
      saved.read();
      return saved;
    } catch (IOException e) {
      throw CommandException.wrong(
          "--save: %s (expected: a file in a folder that can be written: %s)"
              .formatted(given, e.getMessage()));
    }
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  private void read() throws IOException {
    Path from = file;
    if (from == null) {
      return;
    }
    try {
      for (String line : Files.readAllLines(from)) {
        int space = line.indexOf(' ');
        positions.put(
            line.substring(space + 1), Position.parse(line.substring(0, Math.max(0, space))));
      }
    } catch (NoSuchFileException e) {
      // The first time.
    } catch (IllegalArgumentException | java.nio.charset.MalformedInputException e) {
      throw CommandException.failed(
          "--save: %s (expected: lines of a position and a channel; delete it to begin anew)"
              .formatted(from));
    }
  }

  /** Whether positions outlive the process. */
  boolean areKept() {
    return file != null;
  }

  synchronized Optional<Position> of(String channel) {
    return Optional.ofNullable(positions.get(channel));
  }

  /**
   * Does the work, and keeps the position once it is done; neither after the end.
   *
   * @param work answers whether it was done
   * @return false when it was not done
   */
  synchronized boolean step(String channel, Position position, BooleanSupplier work) {
    if (closed) {
      return true;
    }
    if (!work.getAsBoolean()) {
      closed = true;
      return false;
    }
    Position before = positions.get(channel);
    if (file != null && (before == null || before.compareTo(position) < 0)) {
      positions.put(channel, position);
      write(file);
    }
    return true;
  }

  private void write(Path into) {
    StringBuilder text = new StringBuilder();
    positions.forEach(
        (channel, position) -> text.append(position).append(' ').append(channel).append('\n'));
    try {
      Path draft = into.resolveSibling(into.getFileName() + ".new");
      Files.writeString(draft, text);
      Files.move(draft, into, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      closed = true;
      throw CommandException.failed(
          "--save: %s could not be written: %s".formatted(into, e.getMessage()));
    }
  }

  /** Waits for a step that has begun. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      // The process ends, and its lock with it.
    }
  }
}
