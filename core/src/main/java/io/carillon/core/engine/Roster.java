package io.carillon.core.engine;

import io.carillon.core.model.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is present on a channel at one moment. Immutable.
 *
 * @param version grows with each change, not always by one, and is below 2⁵³; a {@link
 *     PresenceChange} with a greater one happened later
 * @param entries in the order in which they came
 */
public record Roster(long version, List<PresenceEntry> entries) {
  public Roster {
    entries = List.copyOf(entries);
  }

  /** Distinct users in the order in which they came, with the data of their oldest entry. */
  public List<Member> members() {
    Map<String, Member> users = LinkedHashMap.newLinkedHashMap(entries.size());
    entries.forEach(entry -> users.putIfAbsent(entry.member().userId(), entry.member()));
    return List.copyOf(users.values());
  }
}
