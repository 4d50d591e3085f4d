package io.carillon.standalone.files;

import io.carillon.core.config.ConfigLoader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads {@code carillon.yml} and hands it to the loader together with the environment. Stateless.
 */
public final class ConfigFile {
  private static final String VARIABLE = "CARILLON_CONFIG";
  private static final String DEFAULT = "carillon.yml";
  private static final int BYTES_MAX = 1_048_576;

  private ConfigFile() {}

  /** The settings of this environment; a file that cannot be read is a problem like others. */
  public static ConfigLoader.Result load(Map<String, String> environment) {
    String given = environment.getOrDefault(VARIABLE, "").strip();
    Path path = Path.of(given.isEmpty() ? DEFAULT : given);
    try (Reader reader = Files.newBufferedReader(path)) {
      return load(environment, path, reader);
    } catch (NoSuchFileException e) {
      return given.isEmpty()
          ? ConfigLoader.load(environment, Map.of())
          : refused(path, "an existing file");
    } catch (IOException e) {
      return refused(path, "a file that can be read");
    }
  }

  private static ConfigLoader.Result load(
      Map<String, String> environment, Path path, Reader reader) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(BYTES_MAX);
    Object content;
    try {
      content = new Yaml(new SafeConstructor(options)).load(reader);
    } catch (MarkedYAMLException e) {
      // The problem alone: the parser's whole message repeats the lines, which may hold secrets.
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      return refused(path, "YAML; line " + line + " is not");
    } catch (YAMLException e) {
      return refused(path, "YAML of at most " + BYTES_MAX + " characters");
    }
    if (content == null) {
      return ConfigLoader.load(environment, Map.of());
    }
    if (!(content instanceof Map<?, ?> map)) {
      return refused(path, "keys such as `carillon:`");
    }
    Map<String, Object> settings = new HashMap<>();
    map.forEach((key, value) -> settings.put(String.valueOf(key), value));
    return ConfigLoader.load(environment, settings);
  }

  private static ConfigLoader.Result refused(Path path, String expectation) {
    return new ConfigLoader.Refused(List.of(path + " (expected: " + expectation + ")"));
  }
}
