package io.carillon.postgres.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to use a data folder, held by one process at a time and given back by the operating
 * system however that process ends. Thread-safe.
 */
final class FolderLock implements AutoCloseable {
  /**
   * What this process holds. POSIX drops a process's lock as soon as any of its handles on the file
   * is closed, so a second try in the same process must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int MAX_PID_DIGITS = 20;

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Makes the folder if need be and takes its lock. */
  static FolderLock take(Path dataFolder) {
    Path folder = writable(dataFolder);
    if (!HELD.add(folder)) {
      throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
    }
    FileChannel channel = null;
    try {
      channel = open(folder);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        channel.write(US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
        return new FolderLock(folder, channel);
      }
      String holder = holder(channel);
      channel.close();
      HELD.remove(folder);
      throw inUse(folder, holder);
    } catch (IOException e) {
      HELD.remove(folder);
      throw notWritable(folder, e);
    }
  }

  private static FileChannel open(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve("carillon.lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private static Path writable(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(MAX_PID_DIGITS);
    channel.read(pid, 0);
    return US_ASCII.decode(pid.flip()).toString();
  }

  private static EmbeddedPostgresException inUse(Path folder, String pid) {
    return new EmbeddedPostgresException(
        folder
            + " is in use by process "
            + pid
            + ": stop that process, or name another folder with CARILLON_DATA");
  }

  static EmbeddedPostgresException notWritable(Path folder, IOException cause) {
    return new EmbeddedPostgresException(
        "data folder: "
            + folder
            + " (expected: a folder that user "
            + System.getProperty("user.name")
            + " may write; CARILLON_DATA names another one): "
            + cause,
        cause);
  }

  /** The folder's real path. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw notWritable(folder, e);
    } finally {
      HELD.remove(folder);
    }
  }
}
