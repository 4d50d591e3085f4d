package io.carillon.api.console;

import io.carillon.api.http.CapabilityFields;
import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Acting;
import io.carillon.core.account.AppListings.KeyListing;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Keys;
import io.carillon.core.account.Keys.Overlap;
import io.carillon.core.account.Right;
import io.carillon.core.engine.DirectoryAdmin.KeyTraits;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.KeyId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An application's keys. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apps/{app}/keys")
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
final class KeysController {
  private static final int OVERLAP_DEFAULT_SECONDS = (int) Duration.ofDays(7).toSeconds();
  private static final String CAPABILITIES = "capabilities";

  private final ConsoleGate gate;
  private final Apps apps;
  private final Keys keys;
  private final NodesAsked nodes;

  KeysController(ConsoleGate gate, Apps apps, Keys keys, NodesAsked nodes) {
    this.gate = gate;
    this.apps = apps;
    this.keys = keys;
    this.nodes = nodes;
  }

  @Get
  @Operation(operationId = "listKeys", summary = "The keys, without their secrets")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, the oldest first",
      content = @Content(schema = @Schema(implementation = KeyBodies.KeyList.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, this::list);
  }

  @Post
  @Operation(
      operationId = "createKey",
      summary = "Make a key",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = KeyBodies.KeyRequest.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The key with its secret, which is not told again",
      content = @Content(schema = @Schema(implementation = KeyBodies.MadeKey.class)))
  CompletionStage<HttpResponse<?>> create(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_KEYS, this::create);
  }

  @Get("/{key}")
  @Operation(operationId = "getKey", summary = "A key, with how many connections would end with it")
  @ApiResponse(
      responseCode = "200",
      description = "The key",
      content = @Content(schema = @Schema(implementation = KeyBodies.KeyBody.class)))
  CompletionStage<HttpResponse<?>> get(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, this::get);
  }

  @Patch("/{key}")
  @Operation(
      operationId = "changeKey",
      summary = "Change a key's label, or what may be done with it",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = KeyBodies.KeyChange.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The key as it is now; every node goes by it within a second",
      content = @Content(schema = @Schema(implementation = KeyBodies.KeyBody.class)))
  CompletionStage<HttpResponse<?>> change(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_KEYS, this::change);
  }

  @Get("/{key}/connections")
  @Operation(
      operationId = "countKeyConnections",
      summary = "How many connections a key has, also when it was revoked")
  @ApiResponse(
      responseCode = "200",
      description = "Those of all nodes; none for a key that never was",
      content = @Content(schema = @Schema(implementation = KeyBodies.Connections.class)))
  CompletionStage<HttpResponse<?>> count(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, this::count);
  }

  @Get("/{key}/programs")
  @Operation(
      operationId = "listKeyPrograms",
      summary = "By which programs a key is used, for connections and requests")
  @ApiResponse(
      responseCode = "200",
      description = "The latest first; a handful for each way in",
      content = @Content(schema = @Schema(implementation = KeyBodies.Programs.class)))
  CompletionStage<HttpResponse<?>> programs(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, this::programs);
  }

  @Post("/{key}/rotation")
  @Operation(
      operationId = "rotateKey",
      summary = "Make a key's successor; both count until the first is closed",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = KeyBodies.Rotation.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The successor with its secret, which is not told again",
      content = @Content(schema = @Schema(implementation = KeyBodies.MadeKey.class)))
  CompletionStage<HttpResponse<?>> rotate(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_KEYS, this::rotate);
  }

  @Delete("/{key}")
  @Operation(operationId = "revokeKey", summary = "Revoke a key and cut off all that came with it")
  @ApiResponse(
      responseCode = "200",
      description = "How many connections it had",
      content = @Content(schema = @Schema(implementation = KeyBodies.Revoked.class)))
  CompletionStage<HttpResponse<?>> revoke(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_KEYS, this::revoke);
  }

  private Checked<ConsoleAnswer> list(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app ->
                Checked.valid(
                    ConsoleAnswer.ok(
                        new KeyBodies.KeyList(
                            keys.list(by, app.app().id()).stream()
                                .map(key -> KeyBodies.KeyBody.of(key, null))
                                .toList()))));
  }

  private Checked<ConsoleAnswer> create(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app ->
                call.form(KeyBodies.KeyRequest.class)
                    .then(form -> form.text("label").then(label -> traits(form, label, null)))
                    .then(
                        traits ->
                            ConsoleAnswer.of(
                                keys.create(by, app.app().id(), traits), KeyBodies::made)));
  }

  /**
   * @param fallback for a form that does not say
   */
  private static Checked<KeyTraits> traits(
      Form form, String label, @Nullable Capabilities fallback) {
    if (form.json().get(CAPABILITIES) == null) {
      return Checked.valid(new KeyTraits(label, fallback));
    }
    return form.has(CAPABILITIES)
        ? switch (CapabilityFields.read(form.json())) {
          case Checked.Valid<Capabilities>(var limit) -> Checked.valid(new KeyTraits(label, limit));
          case Checked.Refused<Capabilities>(var problem) ->
              Checked.refused(problem.at("/" + CAPABILITIES));
        }
        : Checked.valid(new KeyTraits(label, null));
  }

  private Checked<ConsoleAnswer> change(ConsoleCall call, Acting by) {
    return find(call, by)
        .then(
            found ->
                call.form(KeyBodies.KeyChange.class)
                    .then(
                        form ->
                            (form.has("label")
                                    ? form.text("label")
                                    : Checked.valid(found.key().label()))
                                .then(label -> traits(form, label, found.key().limit())))
                    .then(
                        traits ->
                            ConsoleAnswer.of(
                                keys.change(by, found.app(), found.key(), traits),
                                key -> ConsoleAnswer.ok(KeyBodies.KeyBody.of(key, null)))));
  }

  /** A key of the application in the path. */
  private record Found(AppId app, KeyListing key) {}

  private Checked<Found> find(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app -> {
              AppId id = app.app().id();
              if (!KeyId.isValid(call.part())) {
                return Checked.refused(Problem.of(ErrorCode.KEY_UNKNOWN));
              }
              return ConsoleAnswer.checked(keys.find(by, id, new KeyId(call.part())))
                  .then(key -> Checked.valid(new Found(id, key)));
            });
  }

  private Checked<ConsoleAnswer> get(ConsoleCall call, Acting by) {
    return find(call, by)
        .then(
            found ->
                Checked.valid(
                    ConsoleAnswer.ok(
                        KeyBodies.KeyBody.of(
                            found.key(), nodes.connections(found.app(), found.key().id())))));
  }

  /** A revoked key is known to nobody but its connections, which are counted within the app. */
  private Checked<ConsoleAnswer> count(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app ->
                KeyId.isValid(call.part())
                    ? Checked.valid(
                        KeyBodies.Connections.of(
                            nodes.connections(app.app().id(), new KeyId(call.part()))))
                    : Checked.<KeyBodies.Connections>refused(Problem.of(ErrorCode.KEY_UNKNOWN)))
        .then(counted -> Checked.valid(ConsoleAnswer.ok(counted)));
  }

  private Checked<ConsoleAnswer> programs(ConsoleCall call, Acting by) {
    return find(call, by)
        .then(
            found ->
                Checked.valid(
                    ConsoleAnswer.ok(
                        KeyBodies.Programs.of(
                            keys.programs(by, found.app(), found.key().id()),
                            keys.closesUnused(by, found.app(), found.key().id())))));
  }

  private Checked<ConsoleAnswer> rotate(ConsoleCall call, Acting by) {
    return find(call, by)
        .then(
            found ->
                call.form(KeyBodies.Rotation.class)
                    .then(KeysController::overlap)
                    .then(
                        overlap ->
                            ConsoleAnswer.of(
                                keys.rotate(by, found.app(), found.key(), overlap),
                                KeyBodies::made)));
  }

  private static Checked<Overlap> overlap(Form form) {
    int most = (int) Keys.OVERLAP_MAX.toSeconds();
    boolean unused = form.has("unusedSeconds");
    int fallback = unused ? most : OVERLAP_DEFAULT_SECONDS;
    return form.number("overlapSeconds", fallback, most)
        .then(
            longest ->
                form.number("unusedSeconds", most, most)
                    .then(
                        seconds ->
                            seconds >= Keys.UNUSED_LEAST.toSeconds()
                                ? Checked.valid(
                                    new Overlap(
                                        Duration.ofSeconds(longest),
                                        unused ? Duration.ofSeconds(seconds) : null))
                                : Checked.refused(
                                    Problem.of(
                                            ErrorCode.BAD_REQUEST,
                                            "unusedSeconds: "
                                                + seconds
                                                + " (expected: at least "
                                                + Keys.UNUSED_LEAST.toSeconds()
                                                + ")")
                                        .at("/unusedSeconds"))));
  }

  private Checked<ConsoleAnswer> revoke(ConsoleCall call, Acting by) {
    return find(call, by)
        .then(
            found -> {
              NodesAsked.Sum had = nodes.connections(found.app(), found.key().id());
              return ConsoleAnswer.of(
                  keys.revoke(by, found.app(), found.key()),
                  gone ->
                      ConsoleAnswer.ok(
                          new KeyBodies.Revoked(
                              gone.value(), had.value(), had.unansweredOrNull())));
            });
  }
}
