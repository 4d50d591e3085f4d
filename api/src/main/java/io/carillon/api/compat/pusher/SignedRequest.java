package io.carillon.api.compat.pusher;

import io.carillon.api.http.Inbound;
import io.carillon.api.http.QueryParameters;
import io.carillon.core.auth.Authorizer;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request whose signature was found right: path and parameters are what was signed, the body is
 * what was hashed. Immutable.
 *
 * @param headers which nobody signs
 * @param path the decoded segments, of which the second one is the application's id
 */
record SignedRequest(
    App app,
    ApiKey key,
    List<String> path,
    QueryParameters parameters,
    Inbound.Headers headers,
    Payload body) {

  /** Why the key's limit refuses this, or null. */
  @Nullable Problem refusal(Operation operation, ChannelName channel) {
    return Authorizer.refusalByKey(app, key.id(), operation, channel);
  }

  /** Whether the key may know of the channel. */
  boolean maySee(ChannelName channel) {
    return refusal(Operation.SUBSCRIBE, channel) == null;
  }
}
