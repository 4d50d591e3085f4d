package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The data of a message as it is given on a command line. Stateless. */
final class MessageData {
  private static final int BYTES_MAX = 16 << 20;

  /** With what JSON begins, but for texts that happen to begin so and are no JSON. */
  private static final String BEGINNINGS = "{[\"-0123456789tfn";

  private MessageData() {}

  /**
   * What the argument stands for: itself, {@code -} for what is piped in, {@code @file} for a file.
   *
   * @throws CommandException when it cannot be read
   */
  static String text(String argument, Command.Surroundings surroundings) {
    try {
      if (argument.equals("-")) {
        return text("-", surroundings.in().readNBytes(BYTES_MAX + 1));
      }
      if (argument.startsWith("@")) {
        try (InputStream file =
            Files.newInputStream(surroundings.folder().resolve(argument.substring(1)))) {
          return text(argument, file.readNBytes(BYTES_MAX + 1));
        }
      }
      return argument;
    } catch (NoSuchFileException e) {
      throw CommandException.wrong(
          Text.printable(argument) + " (expected: @ and an existing file)");
    } catch (IOException e) {
      throw CommandException.wrong(
          "%s (expected: something that can be read: %s)"
              .formatted(Text.printable(argument), e.getMessage()));
    }
  }

  private static String text(String name, byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw CommandException.wrong(
          "%s: more (expected: at most %d bytes)".formatted(Text.printable(name), BYTES_MAX));
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw CommandException.wrong(Text.printable(name) + ": other bytes (expected: UTF-8)");
    }
  }

  /** JSON as what it says; everything else as text. */
  static @Nullable Object value(String text, Console console) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || BEGINNINGS.indexOf(trimmed.charAt(0)) < 0) {
      return text;
    }
    try {
      return Json.read(trimmed);
    } catch (IllegalArgumentException e) {
      if ("{[".indexOf(trimmed.charAt(0)) >= 0) {
        console.say("The data is not JSON; it is sent as text");
      }
      return text;
    }
  }
}
