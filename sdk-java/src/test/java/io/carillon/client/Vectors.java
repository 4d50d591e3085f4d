package io.carillon.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The vectors that every implementation of the signatures answers to. */
final class Vectors {
  private static final Path FILE =
      Path.of("..", "docs", "protocol", "vectors", "pusher-signatures.json");
  private static final JsonNode ALL = json(FILE);

  private Vectors() {}

  static String text(String name) {
    return ALL.required(name).textValue();
  }

  static Stream<JsonNode> of(String name) {
    return ALL.required(name).valueStream();
  }

  static Stream<String> refused(String name) {
    return ALL.required("refused").required(name).valueStream().map(JsonNode::textValue);
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
