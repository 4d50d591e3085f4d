package io.carillon.core.session;

import io.carillon.core.model.ChannelName;

/**
 * Asks for a channel.
 *
 * @param grant what the connection brings to be let in
 * @param resume from where on
 */
public record SubscribeCommand(ChannelName channel, Grant grant, Resume resume) {}
