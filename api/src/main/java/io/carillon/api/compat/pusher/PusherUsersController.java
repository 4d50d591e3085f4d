package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.UserConnections;
import io.carillon.core.Node;
import io.carillon.core.auth.Authorizer;
import io.carillon.core.error.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a backend can do about its signed-in users. Thread-safe. */
@Hidden
@Controller("/apps/{id:[^/]+}/users")
@Consumes(MediaType.ALL)
final class PusherUsersController {
  private static final int USER_SEGMENT = 3;

  private final RequestGate gate;
  private final UserConnections connections;

  PusherUsersController(RequestGate gate, Node node) {
    this.gate = gate;
    this.connections = new UserConnections(node.ports().control());
  }

  @Post("/{userId:[^/]+}/terminate_connections")
  CompletionStage<HttpResponse<?>> terminate(HttpRequest<byte[]> request) {
    return gate.admit(request, this::terminate);
  }

  private CompletionStage<Checked<JsonNode>> terminate(SignedRequest signed) {
    Problem refusal =
        Authorizer.refusalOfLimited(
            signed.app(), signed.key().id(), "POST /users/…/terminate_connections");
    return refusal != null
        ? CompletableFuture.completedFuture(Checked.refused(refusal))
        : terminated(signed);
  }

  private CompletionStage<Checked<JsonNode>> terminated(SignedRequest signed) {
    return connections
        .terminate(signed.app().id(), signed.path().get(USER_SEGMENT))
        .thenApply(done -> done.then(channel -> Checked.valid(Json.empty())));
  }
}
