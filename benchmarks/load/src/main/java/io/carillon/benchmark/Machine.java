package io.carillon.benchmark;

import io.carillon.benchmark.measure.ProcFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is measured on. Stateless. */
final class Machine {
  private static final int COMMAND_SECONDS_MAX = 20;

  private Machine() {}

  /** Processor, cores, memory and kernel, in one line. */
  static String description() {
    String processor = firstValue("/proc/cpuinfo", "model name");
    String memory = firstValue("/proc/meminfo", "MemTotal");
    return "%s, %d cores, %s, Linux %s"
        .formatted(
            processor, cores(), memory.replaceAll("\\s+", " "), System.getProperty("os.version"));
  }

  static int cores() {
    return (int) read("/proc/cpuinfo").lines().filter(line -> line.startsWith("processor")).count();
  }

  /** Cores that are in use while nothing is measured. */
  static double load() throws InterruptedException {
    long before = ProcFiles.busyTicks();
    TimeUnit.SECONDS.sleep(1);
    return (double) (ProcFiles.busyTicks() - before) / ProcFiles.TICKS_PER_SECOND;
  }

  /** The first line that the command prints, empty when it cannot be run. */
  static String said(Path folder, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
      return text.lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String firstValue(String file, String name) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return "";
    }
  }
}
