package io.carillon.jwt;

import com.nimbusds.jose.JWSHeader;
import io.carillon.core.model.KeyId;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Headers that were read and found right, by their text: all tokens that one issuer makes with one
 * key begin with the same one. Holds as many as it has places; a newer one takes an older one's.
 * Thread-safe.
 */
final class KnownHeaders {
  private static final int PLACES = 256;

  /** Longer ones are not worth keeping. */
  private static final int LENGTH_MAX = 512;

  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

  /**
   * A header that asks for nothing but HS256 with this key. Immutable.
   *
   * @param text as it stands in tokens
   */
  record Known(String text, JWSHeader header, KeyId key) {}

  @Nullable Known get(String text) {
    Known known = places.get(place(text));
    return known != null && known.text().equals(text) ? known : null;
  }

  void put(Known known) {
    if (known.text().length() <= LENGTH_MAX) {
      places.set(place(known.text()), known);
    }
  }

  private static int place(String text) {
    int hash = text.hashCode();
    return (hash ^ hash >>> 16) & (PLACES - 1);
  }
}
