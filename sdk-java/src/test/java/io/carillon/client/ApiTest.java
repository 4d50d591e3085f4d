package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users of the library can name: a change of it is a decision, and seen in a review. */
final class ApiTest {
  private static final Path REPORT = Path.of("api", "client.api.txt");
  private static final Path CLASSES = Path.of("target", "classes", "io", "carillon", "client");

  @Test
  void thePublicSignaturesAreThoseOfTheReport() throws Exception {
    String found = report();
    if (Boolean.getBoolean("carillon.docs.write")) {
      Files.createDirectories(REPORT.toAbsolutePath().getParent());
      Files.writeString(REPORT, found);
    }
    assertThat(found)
        .as("run with -Dcarillon.docs.write=true after a change that is meant")
        .isEqualTo(Files.readString(REPORT));
  }

  private static String report() throws Exception {
    StringBuilder report = new StringBuilder();
    for (Class<?> type : publicTypes()) {
      report.append(type.isInterface() ? "interface " : "class ").append(type.getName());
      if (type.getGenericSuperclass() != null) {
        report.append(" extends ").append(type.getGenericSuperclass().getTypeName());
      }
      report.append('\n');
      members(type).forEach(member -> report.append("  ").append(member).append('\n'));
    }
    return report.toString();
  }

  private static List<Class<?>> publicTypes() throws Exception {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(CLASSES)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .sorted()
              .toList();
      for (String name : names) {
        Class<?> type = Class.forName("io.carillon.client." + name);
        if (isPublic(type)) {
          types.add(type);
        }
      }
    }
    return types;
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>();
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      add(members, constructor);
    }
    for (Method method : type.getDeclaredMethods()) {
      add(members, method);
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers()) && !field.isSynthetic()) {
        members.add(field.toGenericString());
      }
    }
    return members;
  }

  private static void add(Set<String> members, Executable member) {
    boolean generated =
        Stream.of("values", "valueOf", "equals", "hashCode").anyMatch(member.getName()::equals);
    if (Modifier.isPublic(member.getModifiers()) && !member.isSynthetic() && !generated) {
      members.add(member.toGenericString());
    }
  }
}
