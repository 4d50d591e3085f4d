package io.carillon.core.session;

import io.carillon.core.model.Client;
import org.jspecify.annotations.Nullable;

/**
 * Who comes to open a session. Immutable.
 *
 * @param origin of the web page, as its browser says; null for a program that is no page
 */
public record Arrival(Client client, @Nullable String origin) {
  /** Nothing is known of it. */
  public static final Arrival UNKNOWN = new Arrival(Client.UNKNOWN, null);
}
