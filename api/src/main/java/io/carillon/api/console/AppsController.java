package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Right;
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
import java.util.concurrent.CompletionStage;

/** A tenant's applications. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apps")
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
final class AppsController {
  private final ConsoleGate gate;
  private final Apps apps;

  AppsController(ConsoleGate gate, Apps apps) {
    this.gate = gate;
    this.apps = apps;
  }

  @Get
  @Operation(operationId = "listApps", summary = "The applications")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, the oldest first",
      content = @Content(schema = @Schema(implementation = AppBodies.AppList.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, (call, by) -> list(by));
  }

  @Post
  @Operation(
      operationId = "createApp",
      summary = "Make an application",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TeamBodies.Name.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The application; it has no key yet",
      content = @Content(schema = @Schema(implementation = AppBodies.AppBody.class)))
  CompletionStage<HttpResponse<?>> create(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_APPS, this::create);
  }

  @Get("/{app}")
  @Operation(operationId = "getApp", summary = "An application")
  @ApiResponse(
      responseCode = "200",
      description = "The application",
      content = @Content(schema = @Schema(implementation = AppBodies.AppBody.class)))
  CompletionStage<HttpResponse<?>> get(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, (call, by) -> answer(find(call, by)));
  }

  @Patch("/{app}")
  @Operation(
      operationId = "changeApp",
      summary = "Change an application's name and settings",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = AppBodies.AppChange.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The application; what is absent stays as it is",
      content = @Content(schema = @Schema(implementation = AppBodies.AppBody.class)))
  CompletionStage<HttpResponse<?>> change(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_APPS, this::change);
  }

  @Delete("/{app}")
  @Operation(operationId = "deleteApp", summary = "Delete an application with its keys and rules")
  @ApiResponse(
      responseCode = "200",
      description = "It is deleted, and its connections are closed",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> delete(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.DELETE_APPS, this::delete);
  }

  private Checked<ConsoleAnswer> list(Acting by) {
    return Checked.valid(
        ConsoleAnswer.ok(
            new AppBodies.AppList(apps.list(by).stream().map(AppBodies.AppBody::of).toList())));
  }

  private Checked<ConsoleAnswer> create(ConsoleCall call, Acting by) {
    return call.form(TeamBodies.Name.class)
        .then(form -> form.text("name"))
        .then(
            name ->
                ConsoleAnswer.of(
                    apps.create(by, name),
                    made -> ConsoleAnswer.created(AppBodies.AppBody.of(made))));
  }

  private Checked<Apps.Listed> find(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by);
  }

  private static Checked<ConsoleAnswer> answer(Checked<Apps.Listed> listed) {
    return listed.then(app -> Checked.valid(ConsoleAnswer.ok(AppBodies.AppBody.of(app))));
  }

  private Checked<ConsoleAnswer> change(ConsoleCall call, Acting by) {
    return find(call, by)
        .then(
            listed -> call.form(AppBodies.AppChange.class).then(form -> change(form, listed, by)));
  }

  private Checked<ConsoleAnswer> change(Form form, Apps.Listed listed, Acting by) {
    Checked<String> name =
        form.has("name") ? form.text("name") : Checked.valid(listed.listing().name());
    return name.then(
        good ->
            AppBodies.settings(form, listed.app().settings())
                .then(
                    settings ->
                        answer(ConsoleAnswer.checked(apps.change(by, listed, good, settings)))));
  }

  private Checked<ConsoleAnswer> delete(ConsoleCall call, Acting by) {
    return find(call, by)
        .then(
            listed ->
                ConsoleAnswer.of(
                    apps.delete(by, listed), gone -> ConsoleAnswer.ok(AccountBodies.Done.DONE)));
  }
}
