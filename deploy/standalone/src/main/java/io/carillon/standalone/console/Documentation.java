package io.carillon.standalone.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the documentation, as the build of {@code docs/site} left them in a folder of the
 * class path. A file is read when it is asked for. Immutable, thread-safe.
 */
final class Documentation {
  /** Bounds what is looked for at all; the longest path of the site has 90 characters. */
  static final int PATH_LENGTH_MAX = 300;

  private static final Pattern PATH =
      Pattern.compile("([\\w@+-][\\w.@+-]*/)*([\\w@+-][\\w.@+-]*)?");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "txt", "text/plain; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2");

  /**
   * A file with what a browser is told about it. Its bytes are for whoever asked, and new for each.
   */
  static final class Found {
    private final byte[] bytes;
    private final String type;

    private Found(byte[] bytes, String type) {
      this.bytes = bytes;
      this.type = type;
    }

    byte[] bytes() {
      return bytes;
    }

    String type() {
      return type;
    }

    /** The length and a sum; a browser asks with it whether its copy still holds. */
    String etag() {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      return "W/\"%x-%x\"".formatted(bytes.length, sum.getValue());
    }
  }

  private final String folder;
  private final String policy;

  /** From this folder of the class path, which ends with a slash and may be missing. */
  Documentation(String folder) {
    this.folder = folder;
    byte[] written = read("policy.txt");
    policy = written == null ? "default-src 'none'" : new String(written, UTF_8);
  }

  /** The content security policy that the build made, with the hashes of the scripts in pages. */
  String policy() {
    return policy;
  }

  /**
   * What is at this path behind {@code /docs/}: a file, the page that a name without an ending
   * means, or the first page of a folder. Null when there is none, or nothing may be there.
   */
  @Nullable Found find(String path) {
    if (path.length() > PATH_LENGTH_MAX || !PATH.matcher(path).matches()) {
      return null;
    }
    for (String file : candidates(path)) {
      byte[] bytes = read(file);
      if (bytes != null) {
        return new Found(bytes, TYPES.getOrDefault(ending(file), "application/octet-stream"));
      }
    }
    return null;
  }

  /** The page that says that there is none. */
  @Nullable Found missing() {
    return find("404.html");
  }

  private static List<String> candidates(String path) {
    if (path.isEmpty() || path.endsWith("/")) {
      return List.of(path + "index.html");
    }
    if (path.equals("policy.txt")) {
      return List.of();
    }
    // a name may have a dot: the page about socket.io
    return TYPES.containsKey(ending(path))
        ? List.of(path)
        : List.of(path + ".html", path + "/index.html");
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private byte @Nullable [] read(String file) {
    try (InputStream in = Documentation.class.getResourceAsStream(folder + file)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
