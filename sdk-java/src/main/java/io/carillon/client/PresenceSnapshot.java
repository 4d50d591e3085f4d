package io.carillon.client;

import java.util.List;

/**
 * Who is present. Immutable.
 *
 * @param members those who are; empty where only the number is asked for
 * @param count how many they are
 * @param synced whether this is the present state: not until it is known, nor while there is no
 *     connection
 */
public record PresenceSnapshot(List<Member> members, int count, boolean synced) {
  static final PresenceSnapshot NOBODY = new PresenceSnapshot(List.of(), 0, false);

  PresenceSnapshot stale() {
    return new PresenceSnapshot(members, count, false);
  }
}
