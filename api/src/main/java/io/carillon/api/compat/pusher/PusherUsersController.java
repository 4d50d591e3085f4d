package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.core.Node;
import io.carillon.core.engine.ControlBus;
import io.carillon.core.engine.ControlBus.Order.TerminateUser;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.ChannelName;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a backend can do about its signed-in users. Thread-safe. */
@Controller("/apps/{id:[^/]+}/users")
@Consumes(MediaType.ALL)
final class PusherUsersController {
  private static final int USER_SEGMENT = 3;

  private final RequestGate gate;
  private final ControlBus control;

  PusherUsersController(RequestGate gate, Node node) {
    this.gate = gate;
    this.control = node.ports().control();
  }

  @Post("/{userId:[^/]+}/terminate_connections")
  CompletionStage<HttpResponse<?>> terminate(HttpRequest<byte[]> request) {
    return gate.admit(request, this::terminate);
  }

  private CompletionStage<Checked<JsonNode>> terminate(SignedRequest signed) {
    String userId = signed.path().get(USER_SEGMENT);
    // a user who could not have a channel cannot have signed in either
    String problem = ChannelName.problemWith(ChannelKind.USER.prefix() + userId);
    if (problem != null) {
      return CompletableFuture.completedFuture(Checked.refused(ErrorCode.BAD_REQUEST, problem));
    }
    control.broadcast(new TerminateUser(signed.app().id(), userId));
    return CompletableFuture.completedFuture(Checked.valid(Json.empty()));
  }
}
