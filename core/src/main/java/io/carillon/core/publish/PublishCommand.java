package io.carillon.core.publish;

import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;

/** A message for a channel of an application whose caller has been authenticated. */
public record PublishCommand(App app, ChannelName channel, Message message) {}
