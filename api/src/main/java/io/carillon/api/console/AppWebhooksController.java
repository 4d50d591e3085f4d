package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Acting;
import io.carillon.core.account.AppWebhooks;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Right;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.webhook.WebhookAdmin.Listed;
import io.carillon.core.webhook.WebhookId;
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
import java.util.List;
import java.util.concurrent.CompletionStage;

/** An application's webhooks. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apps/{app}/webhooks")
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
final class AppWebhooksController {
  private final ConsoleGate gate;
  private final Apps apps;
  private final AppWebhooks webhooks;

  AppWebhooksController(ConsoleGate gate, Apps apps, AppWebhooks webhooks) {
    this.gate = gate;
    this.apps = apps;
    this.webhooks = webhooks;
  }

  @Get
  @Operation(operationId = "listWebhooks", summary = "The webhooks of an application")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, oldest first",
      content = @Content(schema = @Schema(implementation = WebhookBodies.WebhookList.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, this::list);
  }

  @Post
  @Operation(
      operationId = "createWebhook",
      summary = "Make a webhook",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = WebhookBodies.WebhookRequest.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The webhook, with its secret",
      content = @Content(schema = @Schema(implementation = WebhookBodies.MadeWebhook.class)))
  CompletionStage<HttpResponse<?>> create(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_WEBHOOKS, this::create);
  }

  @Patch("/{webhook}")
  @Operation(
      operationId = "changeWebhook",
      summary = "Change a webhook, or pause it",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = WebhookBodies.WebhookRequest.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The webhook",
      content = @Content(schema = @Schema(implementation = WebhookBodies.WebhookBody.class)))
  CompletionStage<HttpResponse<?>> change(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_WEBHOOKS, this::change);
  }

  @Delete("/{webhook}")
  @Operation(
      operationId = "deleteWebhook",
      summary = "Remove a webhook, with what waits for it and its ledger")
  @ApiResponse(
      responseCode = "200",
      description = "It is removed",
      content = @Content(schema = @Schema(implementation = WebhookBodies.Deleted.class)))
  CompletionStage<HttpResponse<?>> delete(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_WEBHOOKS, this::delete);
  }

  @Post("/{webhook}/secret")
  @Operation(
      operationId = "changeWebhookSecret",
      summary = "Give a webhook another secret; for a while calls are signed with both",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = WebhookBodies.SecretRequest.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The webhook, with its new secret",
      content = @Content(schema = @Schema(implementation = WebhookBodies.MadeWebhook.class)))
  CompletionStage<HttpResponse<?>> rotate(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_WEBHOOKS, this::rotate);
  }

  @Post("/{webhook}/test")
  @Operation(
      operationId = "testWebhook",
      summary = "Call a webhook now, for a test; it may take three seconds")
  @ApiResponse(
      responseCode = "200",
      description = "What became of the call",
      content = @Content(schema = @Schema(implementation = WebhookBodies.AttemptBody.class)))
  CompletionStage<HttpResponse<?>> test(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_WEBHOOKS, this::test);
  }

  private Checked<ConsoleAnswer> list(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            listed -> {
              List<Listed> all = webhooks.list(by, listed.app().id());
              return Checked.valid(ConsoleAnswer.ok(WebhookBodies.WebhookList.of(all)));
            });
  }

  private Checked<ConsoleAnswer> create(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            listed ->
                call.form(WebhookBodies.WebhookRequest.class)
                    .then(form -> WebhookFields.settings(form, null))
                    .then(
                        settings ->
                            ConsoleAnswer.of(
                                webhooks.create(by, listed.app().id(), settings),
                                made ->
                                    ConsoleAnswer.created(WebhookBodies.MadeWebhook.of(made)))));
  }

  private Checked<ConsoleAnswer> change(ConsoleCall call, Acting by) {
    return webhook(apps, webhooks, call, by)
        .then(
            listed ->
                call.form(WebhookBodies.WebhookRequest.class)
                    .then(form -> WebhookFields.settings(form, listed.endpoint().settings()))
                    .then(
                        settings ->
                            ConsoleAnswer.of(
                                webhooks.change(by, listed, settings),
                                changed ->
                                    ConsoleAnswer.ok(WebhookBodies.WebhookBody.of(changed)))));
  }

  private Checked<ConsoleAnswer> delete(ConsoleCall call, Acting by) {
    return webhook(apps, webhooks, call, by)
        .then(
            listed ->
                ConsoleAnswer.of(
                    webhooks.delete(by, listed),
                    gone -> ConsoleAnswer.ok(new WebhookBodies.Deleted(gone.toString()))));
  }

  private Checked<ConsoleAnswer> rotate(ConsoleCall call, Acting by) {
    return webhook(apps, webhooks, call, by)
        .then(
            listed ->
                call.form(WebhookBodies.SecretRequest.class)
                    .then(WebhookFields::former)
                    .then(
                        former ->
                            ConsoleAnswer.of(
                                webhooks.rotate(by, listed, former),
                                made -> ConsoleAnswer.ok(WebhookBodies.MadeWebhook.of(made)))));
  }

  private Checked<ConsoleAnswer> test(ConsoleCall call, Acting by) {
    return webhook(apps, webhooks, call, by)
        .then(
            listed ->
                Checked.valid(
                    ConsoleAnswer.ok(
                        WebhookBodies.AttemptBody.of(0, webhooks.test(listed), List.of()))));
  }

  /** The webhook that the path names. */
  static Checked<Listed> webhook(Apps apps, AppWebhooks webhooks, ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            listed ->
                Ids.uuid(call.part())
                    .map(
                        id ->
                            ConsoleAnswer.checked(
                                webhooks.find(by, listed.app().id(), new WebhookId(id))))
                    .orElseGet(() -> Checked.refused(Problem.of(ErrorCode.WEBHOOK_UNKNOWN))));
  }
}
