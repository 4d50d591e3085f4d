package io.carillon.api.channels;

import static io.carillon.core.model.Operation.HISTORY;
import static io.carillon.core.model.Operation.SUBSCRIBE;

import io.carillon.api.http.Answer;
import io.carillon.api.http.Call;
import io.carillon.api.http.CallGate;
import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.Stages;
import io.carillon.api.http.channels.ChannelBodies;
import io.carillon.api.http.channels.ChannelReader;
import io.carillon.api.http.channels.ChannelReader.ListQuery;
import io.carillon.api.http.channels.PastParameters;
import io.carillon.core.Node;
import io.carillon.core.error.Problem;
import io.carillon.core.history.PastQuery;
import io.carillon.core.limit.AppRate;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Questions about channels. Thread-safe. */
@Controller("/v1/channels")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class ChannelsController {
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1_000;

  private final CallGate gate;
  private final ChannelReader channels;
  private final AppRate rate;

  ChannelsController(CallGate gate, Node node) {
    this.gate = gate;
    this.channels = new ChannelReader(node);
    this.rate = node.historyRate();
  }

  @Get
  @Operation(operationId = "listChannels", summary = "The occupied channels")
  @Parameter(
      name = "prefix",
      in = ParameterIn.QUERY,
      description = "How their names start",
      schema = @Schema(types = "string"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "next of the page before",
      schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description =
          "A page of them, without those that the key is not for; the Link header has the next one",
      content = @Content(schema = @Schema(implementation = ChannelBodies.Occupied.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admitLimited(
        request,
        Set.of("prefix", "limit", "cursor"),
        call -> Stages.answer(listQuery(call), query -> list(call, query)));
  }

  @Get("/{channel:[^/]+}")
  @Operation(
      operationId = "getChannel",
      summary = "A channel's state",
      security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "token")})
  @ApiResponse(
      responseCode = "200",
      description = "Its state now",
      content = @Content(schema = @Schema(implementation = ChannelBodies.State.class)))
  CompletionStage<HttpResponse<?>> state(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admitClients(
        request,
        Set.of(),
        call ->
            Stages.answer(
                channel(call, SUBSCRIBE),
                channel -> channels.state(channel).thenApply(Answer::ok)));
  }

  @Get("/{channel:[^/]+}/messages")
  @Operation(
      operationId = "listMessages",
      summary = "A channel's past",
      security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "token")})
  @Parameter(
      name = "direction",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "string", pattern = "backward|forward", defaultValue = "backward"))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "<epoch>:<offset>, where the page starts; itself not part of it",
      schema = @Schema(types = "string", pattern = PastParameters.FROM_FORM))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description =
          "Only what was accepted then or later: milliseconds since 1970, or a time as ISO 8601 has it",
      schema = @Schema(types = "string"))
  @Parameter(
      name = "before",
      in = ParameterIn.QUERY,
      description = "Only what was accepted earlier",
      schema = @Schema(types = "string"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
  @ApiResponse(
      responseCode = "200",
      description = "A page of it; the Link header has the next one",
      content = @Content(schema = @Schema(implementation = ChannelBodies.Past.class)))
  CompletionStage<HttpResponse<?>> past(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admitClients(
        request,
        PastParameters.NAMES,
        call ->
            Stages.answer(
                channel(call, HISTORY)
                    .then(channel -> PastParameters.read(channel, call.query()))
                    .then(query -> withinRate(call, query)),
                this::past));
  }

  @Get("/{channel:[^/]+}/members")
  @Operation(
      operationId = "listMembers",
      summary = "Who is present on a presence channel",
      security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "token")})
  @ApiResponse(
      responseCode = "200",
      description = "Each user once",
      content = @Content(schema = @Schema(implementation = ChannelBodies.Presence.class)))
  CompletionStage<HttpResponse<?>> members(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admitClients(
        request,
        Set.of(),
        call ->
            Stages.answerChecked(
                channel(call, SUBSCRIBE),
                channel ->
                    channels
                        .presence(channel)
                        .thenApply(found -> found.then(it -> Checked.valid(Answer.ok(it))))));
  }

  private static Checked<ChannelId> channel(Call call, io.carillon.core.model.Operation operation) {
    return ChannelNames.open(call.subject())
        .then(name -> call.allowed(operation, name))
        .then(name -> Checked.valid(ChannelId.of(call.caller().app().id(), name)));
  }

  private static Checked<ListQuery> listQuery(Call call) {
    return call.query()
        .number("limit", LIMIT, LIMIT_MAX)
        .then(
            limit ->
                Checked.valid(
                    new ListQuery(
                        call.caller().app().id(),
                        call.query().get("prefix", ""),
                        call.query().get("cursor", ""),
                        limit)));
  }

  private CompletionStage<Answer> list(Call call, ListQuery query) {
    return channels
        .list(query)
        .thenApply(
            page ->
                page.only(
                    channel ->
                        call.allowed(SUBSCRIBE, ChannelName.of(channel)) instanceof Checked.Valid))
        .thenApply(
            page -> {
              String next = page.next();
              return Answer.page(
                  page,
                  next == null
                      ? null
                      : "prefix="
                          + coded(query.prefix())
                          + "&limit="
                          + query.limit()
                          + "&cursor="
                          + coded(next));
            });
  }

  /** As many pages as the application may read now. */
  private Checked<PastQuery> withinRate(Call call, PastQuery query) {
    Problem tooFast = rate.take(call.caller().app());
    return tooFast == null ? Checked.valid(query) : Checked.refused(tooFast);
  }

  private CompletionStage<Answer> past(PastQuery query) {
    return channels
        .past(query)
        .thenApply(
            page -> {
              String next = page.next();
              return Answer.page(page, next == null ? null : PastParameters.write(query, next));
            });
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
