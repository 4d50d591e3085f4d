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
import io.carillon.core.webhook.WebhookLedger.State;
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
import java.util.regex.Pattern;

/** What webhooks were told, what became of it, and telling it again. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apps/{app}/webhooks/{webhook}")
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
final class WebhookLedgerController {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 200;

  /** A number of an event or a call, up to {@link Long#MAX_VALUE}'s last thousandth. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final ConsoleGate gate;
  private final Apps apps;
  private final AppWebhooks webhooks;

  WebhookLedgerController(ConsoleGate gate, Apps apps, AppWebhooks webhooks) {
    this.gate = gate;
    this.apps = apps;
    this.webhooks = webhooks;
  }

  @Get("/events")
  @Operation(operationId = "listWebhookEvents", summary = "What a webhook was or will be told")
  @Parameter(name = "state", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(types = "integer"))
  @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "A page, the newest first",
      content = @Content(schema = @Schema(implementation = WebhookBodies.EventPage.class)))
  CompletionStage<HttpResponse<?>> events(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Set.of("state", "limit", "cursor"), Right.READ, this::events);
  }

  @Get("/attempts")
  @Operation(operationId = "listWebhookAttempts", summary = "The calls of a webhook")
  @Parameter(name = "event", in = ParameterIn.QUERY, schema = @Schema(types = "integer"))
  @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(types = "integer"))
  @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "A page, the newest first",
      content = @Content(schema = @Schema(implementation = WebhookBodies.AttemptPage.class)))
  CompletionStage<HttpResponse<?>> attempts(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Set.of("event", "limit", "cursor"), Right.READ, this::attempts);
  }

  @Post("/replays")
  @Operation(
      operationId = "replayWebhook",
      summary = "Tell a webhook one event or a range of them again",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = WebhookBodies.ReplayRequest.class))))
  @ApiResponse(
      responseCode = "200",
      description = "How many wait again",
      content = @Content(schema = @Schema(implementation = WebhookBodies.Replayed.class)))
  CompletionStage<HttpResponse<?>> replay(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_WEBHOOKS, this::replay);
  }

  private Checked<Listed> webhook(ConsoleCall call, Acting by) {
    return AppWebhooksController.webhook(apps, webhooks, call, by);
  }

  private Checked<ConsoleAnswer> events(ConsoleCall call, Acting by) {
    String word = call.query().get("state", "");
    State state = State.ofWord(word);
    if (!word.isEmpty() && state == null) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST, "state: " + word + " (expected: waiting, delivered or dead)");
    }
    return webhook(call, by)
        .then(
            listed ->
                number(call, "cursor", Long.MAX_VALUE)
                    .then(
                        before ->
                            call.query()
                                .number("limit", LIMIT_DEFAULT, LIMIT_MAX)
                                .then(
                                    limit ->
                                        Checked.valid(
                                            ConsoleAnswer.ok(
                                                WebhookBodies.EventPage.of(
                                                    webhooks
                                                        .ledger()
                                                        .events(
                                                            listed.endpoint().id(),
                                                            state,
                                                            before,
                                                            limit),
                                                    limit))))));
  }

  private Checked<ConsoleAnswer> attempts(ConsoleCall call, Acting by) {
    return webhook(call, by)
        .then(
            listed ->
                number(call, "cursor", Long.MAX_VALUE)
                    .then(
                        before ->
                            number(call, "event", 0)
                                .then(event -> attempts(call, listed, event, before))));
  }

  private Checked<ConsoleAnswer> attempts(
      ConsoleCall call, Listed listed, long event, long before) {
    return call.query()
        .number("limit", LIMIT_DEFAULT, LIMIT_MAX)
        .then(
            limit ->
                Checked.valid(
                    ConsoleAnswer.ok(
                        WebhookBodies.AttemptPage.of(
                            webhooks
                                .ledger()
                                .attempts(listed.endpoint().id(), event, before, limit),
                            limit))));
  }

  private static Checked<Long> number(ConsoleCall call, String name, long fallback) {
    String text = call.query().get(name, "");
    if (text.isEmpty()) {
      return Checked.valid(fallback);
    }
    return NUMBER.matcher(text).matches()
        ? Checked.valid(Long.parseLong(text))
        : Checked.refused(Problem.of(ErrorCode.CURSOR_INVALID));
  }

  private Checked<ConsoleAnswer> replay(ConsoleCall call, Acting by) {
    return webhook(call, by)
        .then(
            listed ->
                call.form(WebhookBodies.ReplayRequest.class)
                    .then(WebhookFields::range)
                    .then(
                        range ->
                            Checked.valid(
                                ConsoleAnswer.ok(
                                    new WebhookBodies.Replayed(
                                        webhooks.replay(by, listed, range))))));
  }
}
