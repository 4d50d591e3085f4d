package io.carillon.chaos.check;

import io.carillon.chaos.check.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one observer of a channel's members saw: who came and who went, as one follows from what it
 * knew before. Thread-safe.
 */
public final class Roster {
  private final String observer;
  private final Map<String, String> present = new HashMap<>();
  private final Map<String, Integer> joins = new HashMap<>();
  private final Map<String, Integer> leaves = new HashMap<>();

  public Roster(String observer) {
    this.observer = observer;
  }

  /**
   * Somebody is present.
   *
   * @param key the member's name for the protocol
   * @param who the client's own name
   */
  public synchronized void present(String key, String who) {
    if (present.put(key, who) == null) {
      joins.merge(who, 1, Integer::sum);
    }
  }

  public synchronized void gone(String key) {
    String who = present.remove(key);
    if (who != null) {
      leaves.merge(who, 1, Integer::sum);
    }
  }

  /** Those and no others are present. */
  public synchronized void exactly(Map<String, String> members) {
    Set<String> others = new HashSet<>(present.keySet());
    others.removeAll(members.keySet());
    others.forEach(this::gone);
    members.forEach(this::present);
  }

  /** The clients that are present. */
  public synchronized Set<String> present() {
    return Set.copyOf(present.values());
  }

  /**
   * What of the promise was broken in the end.
   *
   * @param staying clients that were there all the time
   * @param leaving clients that went away for good
   */
  public synchronized List<Violation> violations(Set<String> staying, Set<String> leaving) {
    List<Violation> found = new ArrayList<>();
    for (String who : staying) {
      expect(found, who, 0, !present.containsValue(who) ? "is missing" : "");
    }
    for (String who : leaving) {
      expect(found, who, 1, present.containsValue(who) ? "is still there" : "");
    }
    present.values().stream()
        .filter(who -> !staying.contains(who) && !leaving.contains(who))
        .forEach(who -> report(found, who + " is nobody"));
    if (present.size() != Set.copyOf(present.values()).size()) {
      report(found, "a client is there twice: " + present);
    }
    return found;
  }

  private void expect(List<Violation> found, String who, int left, String state) {
    if (!state.isEmpty()) {
      report(found, who + " " + state);
    }
    int joined = joins.getOrDefault(who, 0);
    int gone = leaves.getOrDefault(who, 0);
    if (gone != left || joined != 1) {
      report(
          found,
          "%s came %d times and left %d times (expected: 1 and %d)"
              .formatted(who, joined, gone, left));
    }
  }

  private void report(List<Violation> found, String what) {
    found.add(new Violation(Promise.PRESENCE, "seen by " + observer + ": " + what));
  }
}
