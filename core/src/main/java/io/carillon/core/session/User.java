package io.carillon.core.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection signed in as, as the tenant's backend signed it. Immutable.
 *
 * @param id 1 to 128 characters
 * @param info the user's data as JSON, or null
 * @param watchlist users whose coming and going the connection wants to hear of, at most {@link
 *     #WATCHLIST_MAX}
 * @param signedText exactly what was signed
 */
public record User(String id, @Nullable String info, List<String> watchlist, String signedText) {
  /** Pusher's limit. */
  public static final int WATCHLIST_MAX = 100;

  public User {
    watchlist = List.copyOf(watchlist);
  }
}
