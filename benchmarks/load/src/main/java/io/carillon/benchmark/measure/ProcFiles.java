package io.carillon.benchmark.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Linux tells of processes in {@code /proc}. A process that ends meanwhile counts as nothing.
 * Stateless.
 */
public final class ProcFiles {
  /** What the kernel counts CPU time in; 100 on every Linux that Java runs on. */
  public static final int TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  /** Of the fields behind the name in parentheses: the parent, and time in user and kernel mode. */
  private static final int PARENT = 1;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private ProcFiles() {}

  /**
   * The processes, everything that descends from them, and whatever has the mark in its
   * environment, because it was started by one of them and then left it.
   */
  public static Set<Long> family(Set<Long> roots, String mark) {
    Set<Long> family = new HashSet<>(roots);
    while (family.addAll(relatedIn(family, mark))) {
      // whoever came may have children
    }
    return family;
  }

  private static Set<Long> relatedIn(Set<Long> family, String mark) {
    Set<Long> related = new HashSet<>();
    for (long pid : all()) {
      if (family.contains(parentOf(pid)) || isMarked(pid, mark)) {
        related.add(pid);
      }
    }
    return related;
  }

  /** CPU time in ticks that these processes have used so far. */
  public static long cpuTicks(Set<Long> pids) {
    long ticks = 0;
    for (long pid : pids) {
      String[] fields = stat(pid);
      if (fields.length > SYSTEM_TICKS) {
        ticks += Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
      }
    }
    return ticks;
  }

  /** CPU time in ticks that was used on all cores so far, by whomever, or stolen by the host. */
  public static long busyTicks() {
    String[] fields = read(PROC.resolve("stat")).lines().findFirst().orElse("").split(" +", -1);
    long ticks = 0;
    for (int i = 1; i < Math.min(fields.length, 9); i++) {
      boolean idle = i == 4 || i == 5;
      ticks += idle ? 0 : Long.parseLong(fields[i]);
    }
    return ticks;
  }

  /** Memory in bytes that these processes hold; what several share is divided among them. */
  public static long proportionalBytes(Set<Long> pids) {
    return 1024 * kilobytes(pids, "smaps_rollup", "Pss:");
  }

  /** Memory in bytes that these processes have in RAM, with what they share; cheap to ask. */
  public static long residentBytes(Set<Long> pids) {
    return 1024 * kilobytes(pids, "status", "VmRSS:");
  }

  private static long kilobytes(Set<Long> pids, String file, String field) {
    long kilobytes = 0;
    for (long pid : pids) {
      kilobytes +=
          read(PROC.resolve(pid + "/" + file))
              .lines()
              .filter(line -> line.startsWith(field))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum();
    }
    return kilobytes;
  }

  /** The processes of these that run a JVM. */
  public static List<Long> jvms(Set<Long> pids) {
    return pids.stream()
        .filter(pid -> read(PROC.resolve(pid + "/comm")).strip().equals("java"))
        .toList();
  }

  private static List<Long> all() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .map(Long::parseLong)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long parentOf(long pid) {
    String[] fields = stat(pid);
    return fields.length > PARENT ? Long.parseLong(fields[PARENT]) : 0;
  }

  private static boolean isMarked(long pid, String mark) {
    return !mark.isEmpty() && read(PROC.resolve(pid + "/environ")).contains(mark);
  }

  private static String[] stat(long pid) {
    String line = read(PROC.resolve(pid + "/stat"));
    return line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
