package io.carillon.client;

/**
 * Messages between two positions are missing and are not coming; what follows is again without a
 * hole. Immutable.
 *
 * @param from the last message that was delivered
 * @param to what follows begins behind it
 * @param reason {@code epoch} when the log was lost, {@code expired} when it is not kept for so
 *     long, {@code too-far} when too much was missed, {@code slow} when messages gave way because
 *     this client reads too slowly for the channel, as its rule says
 */
public record Gap(Position from, Position to, String reason) {}
