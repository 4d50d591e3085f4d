package io.carillon.api.console;

import io.carillon.api.http.Caller;
import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.channels.ChannelBodies;
import io.carillon.api.http.channels.ChannelReader;
import io.carillon.api.http.channels.ChannelReader.ListQuery;
import io.carillon.api.http.channels.PastParameters;
import io.carillon.api.http.permissions.PermissionBodies;
import io.carillon.api.http.permissions.Permissions;
import io.carillon.core.Node;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Right;
import io.carillon.core.auth.Actor;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.KeyId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * An application's channels as a session may ask for them, without a key's secret: which there are,
 * who is there, what was said, and what would be allowed. Thread-safe.
 */
@Controller("/v1/console/tenants/{tenant}/apps/{app}")
@Secured(SecurityRule.IS_AUTHENTICATED)
@SecurityRequirement(name = "session")
@SecurityRequirement(name = "accessToken")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class AppChannelsController {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 200;
  private static final int ENGINE_SECONDS = 5;

  private final ConsoleGate gate;
  private final Apps apps;
  private final Permissions permissions;
  private final ChannelReader channels;

  AppChannelsController(ConsoleGate gate, Apps apps, Permissions permissions, Node node) {
    this.gate = gate;
    this.apps = apps;
    this.permissions = permissions;
    this.channels = new ChannelReader(node);
  }

  @Get("/channels")
  @Operation(operationId = "listAppChannels", summary = "The occupied channels")
  @Parameter(
      name = "prefix",
      in = ParameterIn.QUERY,
      description = "How their names start",
      schema = @Schema(types = "string"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "next of the page before",
      schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "A page of them, with their subscriptions on all nodes",
      content = @Content(schema = @Schema(implementation = ChannelBodies.Occupied.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Set.of("prefix", "limit", "cursor"), Right.READ, this::list);
  }

  @Get("/channels/{channel:[^/]+}/members")
  @Operation(operationId = "listChannelMembers", summary = "Who is on a presence channel")
  @ApiResponse(
      responseCode = "200",
      description = "Each user once",
      content = @Content(schema = @Schema(implementation = ChannelBodies.Presence.class)))
  CompletionStage<HttpResponse<?>> members(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ_MESSAGES, this::members);
  }

  @Get("/channels/{channel:[^/]+}/messages")
  @Operation(operationId = "listChannelMessages", summary = "A channel's past")
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
      description = "A page of it",
      content = @Content(schema = @Schema(implementation = ChannelBodies.Past.class)))
  CompletionStage<HttpResponse<?>> past(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, PastParameters.NAMES, Right.READ_MESSAGES, this::past);
  }

  @Post("/permissions/explain")
  @Operation(
      operationId = "explainAppPermission",
      summary = "Whether something would be allowed, and what decides that",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = PermissionBodies.Question.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The decision, allowed or not",
      content = @Content(schema = @Schema(implementation = PermissionBodies.Decision.class)))
  CompletionStage<HttpResponse<?>> explain(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_RULES, this::explain);
  }

  private Checked<ConsoleAnswer> list(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app ->
                call.query()
                    .number("limit", LIMIT, LIMIT_MAX)
                    .then(
                        limit ->
                            Checked.valid(
                                ConsoleAnswer.ok(
                                    answer(
                                        channels.list(
                                            new ListQuery(
                                                app.app().id(),
                                                call.query().get("prefix", ""),
                                                call.query().get("cursor", ""),
                                                limit)))))));
  }

  private Checked<ConsoleAnswer> members(ConsoleCall call, Acting by) {
    return channel(call, by)
        .then(channel -> answer(channels.presence(channel)))
        .then(found -> Checked.valid(ConsoleAnswer.ok(found)));
  }

  private Checked<ConsoleAnswer> past(ConsoleCall call, Acting by) {
    return channel(call, by)
        .then(channel -> PastParameters.read(channel, call.query()))
        .then(query -> Checked.valid(ConsoleAnswer.ok(answer(channels.past(query)))));
  }

  private Checked<ChannelId> channel(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app ->
                ChannelNames.open(call.part())
                    .then(name -> Checked.valid(ChannelId.of(app.app().id(), name))));
  }

  /** Nothing is done, so that the application's own backend may be asked for. */
  private Checked<ConsoleAnswer> explain(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            listed -> {
              App app = listed.app();
              KeyId key = app.keys().isEmpty() ? null : app.keys().getFirst().id();
              return key == null
                  ? Checked.<ConsoleAnswer>refused(Problem.of(ErrorCode.KEY_UNKNOWN))
                  : call.form(PermissionBodies.Question.class)
                      .then(
                          form ->
                              permissions.decided(
                                  new Caller(app, new Actor.Backend(key)), form.json()))
                      .then(decided -> Checked.valid(ConsoleAnswer.ok(decided.body())));
            });
  }

  private static <T> T answer(CompletionStage<T> asked) {
    return asked.toCompletableFuture().orTimeout(ENGINE_SECONDS, TimeUnit.SECONDS).join();
  }
}
