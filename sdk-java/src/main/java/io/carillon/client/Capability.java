package io.carillon.client;

import java.util.Locale;

/** What a client token allows on channels. */
public enum Capability {
  /** Subscribe. */
  SUBSCRIBE,
  /** Publish, and send signals. */
  PUBLISH,
  /** Enter, and see who is present. */
  PRESENCE,
  /** Read the history. */
  HISTORY,
  /** Change messages of the same client id. */
  MESSAGE_UPDATE_OWN,
  /** Change any message. */
  MESSAGE_UPDATE_ANY;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
