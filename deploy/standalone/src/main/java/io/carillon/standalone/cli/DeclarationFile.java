package io.carillon.standalone.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A file in which applications are declared, with the lines of what stands in it. Immutable. */
record DeclarationFile(Path path, String text, Map<String, @Nullable Object> content) {
  private static final long BYTES_MAX = 1L << 20;

  static DeclarationFile read(Path path) {
    try {
      if (Files.size(path) > BYTES_MAX) {
        throw CommandException.wrong(path + ": over 1 MiB (expected: less)");
      }
      String text = Files.readString(path);
      return new DeclarationFile(path, text, content(path, text));
    } catch (NoSuchFileException e) {
      throw CommandException.wrong(path + ": no such file (expected: one in YAML)");
    } catch (IOException e) {
      throw CommandException.wrong(path + ": cannot be read (expected: a file in YAML)");
    }
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(50);
    return new Yaml(new SafeConstructor(options));
  }

  private static Map<String, @Nullable Object> content(Path path, String text) {
    Object loaded;
    try {
      loaded = yaml().load(text);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw CommandException.wrong(
          path + ":" + line + ": " + Text.printable(e.getProblem()) + " (expected: YAML)");
    } catch (YAMLException e) {
      throw CommandException.wrong(path + ": no YAML (expected: a mapping with apps)");
    }
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    if (loaded instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("apps")) {
      map.forEach((name, value) -> content.put(String.valueOf(name), value));
      return content;
    }
    throw CommandException.wrong(path + ": no apps alone (expected: a mapping with apps)");
  }

  /** The line, from 1 on, of what a JSON pointer names, or of what is nearest around it. */
  int line(String pointer) {
    Node node = yaml().compose(new StringReader(text));
    for (String step : pointer.split("/", -1)) {
      Node next = step.isEmpty() ? node : child(node, step);
      if (next == null) {
        break;
      }
      node = next;
    }
    return node.getStartMark().getLine() + 1;
  }

  private static @Nullable Node child(Node node, String step) {
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step)) {
          return entry.getValueNode();
        }
      }
    }
    if (node instanceof SequenceNode list && step.matches("[0-9]{1,6}")) {
      int index = Integer.parseInt(step);
      return index < list.getValue().size() ? list.getValue().get(index) : null;
    }
    return null;
  }
}
