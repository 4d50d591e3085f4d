package io.carillon.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is present; a user with several connections is several members. Immutable, as far as
 * its data is.
 *
 * @param key names the session for as long as it can come back in time
 * @param clientId who it is, as its token says
 * @param data what it entered with
 */
@SuppressWarnings("exports") // an annotation that users may lack
public record Member(String key, Optional<String> clientId, @Nullable Object data) {}
