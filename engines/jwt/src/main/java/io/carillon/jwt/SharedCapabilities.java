package io.carillon.jwt;

import io.carillon.core.model.Capabilities;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Has equal capabilities be one object, since most tokens of an application allow the same and a
 * connection keeps its token's. Holds as many as it has places; a newer one takes an older one's.
 * Thread-safe.
 */
final class SharedCapabilities {
  private static final int PLACES = 256;

  private final AtomicReferenceArray<@Nullable Capabilities> places =
      new AtomicReferenceArray<>(PLACES);

  /** Equal capabilities, which others may hold too. */
  Capabilities of(Capabilities read) {
    int hash = read.hashCode();
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    Capabilities known = places.get(place);
    if (read.equals(known)) {
      return known;
    }
    places.set(place, read);
    return read;
  }
}
