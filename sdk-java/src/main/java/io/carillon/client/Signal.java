package io.carillon.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that was true for a moment. Immutable, as far as its data is.
 *
 * @param name what its sender called it
 * @param data what was sent
 * @param key says which of several things of one name it is about
 * @param member the sender's key; see {@link Member}
 * @param clientId who sent it, as its token says
 */
@SuppressWarnings("exports") // an annotation that users may lack
public record Signal(
    String name,
    @Nullable Object data,
    Optional<String> key,
    String member,
    Optional<String> clientId) {}
