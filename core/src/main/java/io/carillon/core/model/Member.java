package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Who is present on a channel, as its tenant's backend signed it.
 *
 * @param userId 1 to 128 characters
 * @param info the member's data as JSON, or null when it has none
 */
public record Member(String userId, @Nullable String info) {
  /** Pusher's limit. */
  public static final int MAX_USER_ID_LENGTH = 128;

  /** Pusher's limit: 1 kB of UTF-8. */
  public static final int INFO_BYTES_MAX = 1_024;
}
