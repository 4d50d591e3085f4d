package io.carillon.core.engine;

import io.carillon.core.model.Member;
import java.util.List;

/**
 * Who is present on a channel at one moment.
 *
 * @param version grows with each change; a {@link PresenceChange} with a greater one happened later
 * @param members distinct users in the order in which they came
 */
public record Roster(long version, List<Member> members) {
  public Roster {
    members = List.copyOf(members);
  }
}
