package io.carillon.api.console;

import java.util.Optional;
import java.util.UUID;

/** Ids from strangers. Stateless. */
final class Ids {
  private static final int UUID_LENGTH = 36;

  private Ids() {}

  static Optional<UUID> uuid(String text) {
    try {
      return text.length() == UUID_LENGTH ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
