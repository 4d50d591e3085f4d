package io.carillon.core.publish;

import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Publication;

/** Which messages of a channel a publisher may change. */
public enum EditRight {
  /** None. */
  NONE,
  /** Those that the same client published, by its client id; so none for a client without one. */
  OWN,
  /** Every message. */
  ANY;

  /** Whether whoever stands behind the origin may change the target. */
  boolean covers(Publication target, Origin origin) {
    return switch (this) {
      case NONE -> false;
      case ANY -> true;
      case OWN ->
          origin instanceof Origin.Client(var connection, var clientId)
              && clientId != null
              && target.message().origin() instanceof Origin.Client(var other, var author)
              && clientId.equals(author);
    };
  }
}
