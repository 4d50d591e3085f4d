package io.carillon.client;

import java.util.Optional;

/**
 * What became of one message of a batch; just one of both is there. Immutable.
 *
 * @param published when it was taken
 * @param error why it was not
 */
public record BatchResult(Optional<PublishResult> published, Optional<CarillonException> error) {}
