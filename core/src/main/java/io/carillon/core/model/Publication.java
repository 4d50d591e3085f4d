package io.carillon.core.model;

/**
 * A message that has its position in its channel's log. Immutable.
 *
 * @param timestampMillis when it was accepted, in milliseconds since 1970
 */
public record Publication(
    ChannelId channel, Position position, Message message, long timestampMillis) {}
