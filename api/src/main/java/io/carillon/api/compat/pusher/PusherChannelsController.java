package io.carillon.api.compat.pusher;

import io.carillon.core.Node;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.concurrent.CompletionStage;

/** Questions about channels. Thread-safe. */
@Hidden
@Controller("/apps/{id:[^/]+}/channels")
final class PusherChannelsController {
  private static final int NAME_SEGMENT = 3;

  private final RequestGate gate;
  private final ChannelQueries queries;

  PusherChannelsController(RequestGate gate, Node node) {
    this.gate = gate;
    this.queries = new ChannelQueries(node.ports());
  }

  @Get
  CompletionStage<HttpResponse<?>> list(HttpRequest<?> request) {
    return gate.admit(
        request,
        signed ->
            queries.list(
                signed,
                signed.parameters().get("filter_by_prefix", ""),
                signed.parameters().get("info", "")));
  }

  @Get("/{name:[^/]+}")
  CompletionStage<HttpResponse<?>> channel(HttpRequest<?> request) {
    return gate.admit(
        request,
        signed ->
            queries.channel(
                signed, signed.path().get(NAME_SEGMENT), signed.parameters().get("info", "")));
  }

  @Get("/{name:[^/]+}/users")
  CompletionStage<HttpResponse<?>> users(HttpRequest<?> request) {
    return gate.admit(request, signed -> queries.users(signed, signed.path().get(NAME_SEGMENT)));
  }
}
