package io.carillon.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message has to do with changing messages; a plain message has none. Immutable. */
public sealed interface Edit {
  /** What an operation does to its target. */
  enum Kind {
    /** Adds the payload's bytes to the target's. */
    APPEND,
    /** Puts the payload in the place of the target's. */
    UPDATE,
    /** Takes the target back; nothing can be done to it any more. */
    DELETE
  }

  /**
   * The message is itself no content, but changes another message of its channel.
   *
   * @param ref the id of the target
   * @param target where the target stands; null only before the operation is in a log, as what a
   *     publisher sends names its target by id alone
   * @param mergedIds the ids of further appends that this one was merged from, in their order; each
   *     of them is remembered as the message's own id is
   */
  record Operation(Kind kind, String ref, @Nullable Position target, List<String> mergedIds)
      implements Edit {
    public Operation {
      mergedIds = List.copyOf(mergedIds);
    }

    /** An operation as a publisher asks for it. */
    public Operation(Kind kind, String ref) {
      this(kind, ref, null, List.of());
    }

    /** The operation on the target that was found at this position. */
    public Operation on(Position found) {
      return new Operation(kind, ref, found, mergedIds);
    }
  }

  /**
   * The message is what its operations have made of it; nothing like that stands in a log.
   *
   * @param last the newest operation that counts in it
   * @param deleted whether it was taken back, and its payload is empty
   */
  record Applied(Position last, boolean deleted) implements Edit {}
}
