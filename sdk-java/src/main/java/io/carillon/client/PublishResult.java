package io.carillon.client;

/**
 * A message is in its channel's log, as durable as the channel's rule asks. Immutable.
 *
 * @param id the message's id
 * @param position where it stands
 * @param duplicate it had been taken before, at this position, and nobody got it twice
 */
public record PublishResult(String id, Position position, boolean duplicate) {}
