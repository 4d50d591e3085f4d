package io.carillon.core.webhook;

import io.carillon.core.engine.Movement;
import io.carillon.core.webhook.MovementBook.Place;
import io.carillon.core.webhook.MovementBook.Presence;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Turns movements into what is told: an end is held for a while, and a return in that time leaves
 * neither of them to tell. What begins is told once until its end was told, whatever is recorded
 * twice. Confined to one piece of work on an application.
 */
final class Hold {
  private final Duration time;
  private final Map<Place, Presence> now;
  private final Set<Place> touched = new HashSet<>();

  /** Takes what is to be told, in its order. */
  private final BiConsumer<Place, Told> told;

  /**
   * A beginning or an end.
   *
   * @param since the id of the movement that began it, which names it for good
   */
  record Told(boolean arrival, long since, long atMillis) {}

  Hold(Duration time, Map<Place, Presence> book, BiConsumer<Place, Told> told) {
    this.time = time;
    this.now = new HashMap<>(book);
    this.told = told;
  }

  void apply(List<Movement> movements) {
    movements.forEach(this::apply);
  }

  private void apply(Movement movement) {
    Place place = Place.of(movement);
    Presence known = now.get(place);
    if (!movement.kind().isArrival()) {
      if (known != null && !known.hasEnded()) {
        put(place, known.endedAt(movement.atMillis()));
      }
      return;
    }
    if (known != null && !known.hasEnded()) {
      return; // told again, as after a loss of what was recorded
    }
    if (known != null && movement.atMillis() - known.endedAtMillis() < time.toMillis()) {
      put(place, known.endedAt(0));
      return;
    }
    if (known != null) {
      end(place, known);
    }
    told.accept(place, new Told(true, movement.id(), movement.atMillis()));
    put(place, new Presence(movement.id(), 0));
  }

  /** Begins without a word: it was there before anyone asked. */
  void seed(Place place, long id) {
    if (!now.containsKey(place)) {
      put(place, new Presence(id, 0));
    }
  }

  /** What is there though its beginning was not recorded. */
  void found(Place place, long id, long nowMillis) {
    if (!now.containsKey(place)) {
      told.accept(place, new Told(true, id, nowMillis));
      put(place, new Presence(id, 0));
    }
  }

  /** What is in the book and not there any more, though its end was not recorded. */
  void missing(Place place, Presence known, long nowMillis) {
    Presence current = now.getOrDefault(place, known);
    if (!current.hasEnded()) {
      put(place, current.endedAt(nowMillis));
    }
  }

  /** Tells the ends that were held long enough. */
  void release(Map<Place, Presence> ended, long nowMillis) {
    ended.forEach(now::putIfAbsent);
    now.entrySet().stream()
        .filter(it -> it.getValue().hasEnded())
        .filter(it -> it.getValue().endedAtMillis() + time.toMillis() <= nowMillis)
        // a member leaves before the channel is empty, whichever of the two was recorded first
        .sorted(
            Comparator.comparing((Map.Entry<Place, Presence> it) -> it.getKey().userId().isEmpty())
                .thenComparing(it -> it.getValue().endedAtMillis())
                .thenComparing(Map.Entry::getKey))
        .toList()
        .forEach(it -> end(it.getKey(), it.getValue()));
  }

  private void end(Place place, Presence known) {
    told.accept(place, new Told(false, known.since(), known.endedAtMillis()));
    now.remove(place);
    touched.add(place);
  }

  private void put(Place place, Presence presence) {
    now.put(place, presence);
    touched.add(place);
  }

  Map<Place, Presence> changed() {
    Map<Place, Presence> changed = new HashMap<>(now);
    changed.keySet().retainAll(touched);
    return changed;
  }

  List<Place> removed() {
    return touched.stream().filter(place -> !now.containsKey(place)).toList();
  }
}
