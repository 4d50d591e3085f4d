package io.carillon.api.http;

import io.carillon.core.engine.ControlBus;
import io.carillon.core.engine.ControlBus.Order.TerminateUser;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The connections of a signed-in user on every node. Thread-safe. */
public final class UserConnections {
  private final ControlBus control;

  public UserConnections(ControlBus control) {
    this.control = control;
  }

  /** Orders that all of them are closed; answers the user's channel. */
  public CompletionStage<Checked<ChannelName>> terminate(AppId app, String userId) {
    Checked<ChannelName> channel = ChannelNames.ofUser(userId);
    if (channel instanceof Checked.Valid<ChannelName>) {
      try {
        control.broadcast(new TerminateUser(app, userId));
      } catch (RuntimeException e) {
        // the bus has no stage to say it with
        return CompletableFuture.failedFuture(e);
      }
    }
    return CompletableFuture.completedFuture(channel);
  }
}
