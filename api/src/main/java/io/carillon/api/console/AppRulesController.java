package io.carillon.api.console;

import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.RuleBody;
import io.carillon.api.http.RuleFields;
import io.carillon.core.Node;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Right;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
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

/** An application's channel rules. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apps/{app}/rules")
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
final class AppRulesController {
  private final ConsoleGate gate;
  private final Apps apps;
  private final Node node;

  AppRulesController(ConsoleGate gate, Apps apps, Node node) {
    this.gate = gate;
    this.apps = apps;
    this.node = node;
  }

  @Get
  @Operation(operationId = "listAppRules", summary = "The channel rules of an application")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, the most specific first",
      content = @Content(schema = @Schema(implementation = RuleBody.All.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, this::list);
  }

  @Get("/match")
  @Operation(operationId = "matchAppRule", summary = "Which rule is for a channel")
  @Parameter(name = "channel", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "The rule that counts, if any matches",
      content = @Content(schema = @Schema(implementation = RuleBody.Match.class)))
  CompletionStage<HttpResponse<?>> match(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Set.of("channel"), Right.READ, this::match);
  }

  @Put("/{pattern:[^/]+}")
  @Operation(
      operationId = "putAppRule",
      summary = "Make a channel rule, or put another one in its place",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = RuleBody.ToPut.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The rule",
      content = @Content(schema = @Schema(implementation = RuleBody.class)))
  CompletionStage<HttpResponse<?>> put(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_RULES, this::put);
  }

  @Delete("/{pattern:[^/]+}")
  @Operation(operationId = "removeAppRule", summary = "Remove a channel rule")
  @ApiResponse(
      responseCode = "200",
      description = "It is removed",
      content = @Content(schema = @Schema(implementation = RuleBody.Removed.class)))
  CompletionStage<HttpResponse<?>> remove(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_RULES, this::remove);
  }

  private Checked<ConsoleAnswer> list(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            listed ->
                Checked.valid(
                    ConsoleAnswer.ok(
                        new RuleBody.All(
                            listed.app().rules().stream().map(RuleBody::of).toList()))));
  }

  private Checked<ConsoleAnswer> match(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            listed ->
                ChannelNames.checked(call.query().get("channel", ""))
                    .then(
                        name ->
                            Checked.valid(
                                ConsoleAnswer.ok(RuleBody.Match.of(listed.app(), name)))));
  }

  private Checked<ConsoleAnswer> put(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            listed ->
                RuleFields.pattern(call.part())
                    .then(pattern -> rule(call, pattern))
                    .then(
                        rule ->
                            ConsoleAnswer.of(
                                apps.putRule(by, listed, rule),
                                fresh -> ConsoleAnswer.ok(RuleBody.of(rule)))));
  }

  private Checked<ChannelRule> rule(ConsoleCall call, ChannelPattern pattern) {
    return call.form(RuleBody.ToPut.class)
        .then(form -> RuleFields.rule(pattern, form.json(), node.ports().schemas()));
  }

  private Checked<ConsoleAnswer> remove(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            listed ->
                RuleFields.pattern(call.part())
                    .then(
                        pattern ->
                            ConsoleAnswer.of(
                                apps.removeRule(by, listed, pattern),
                                gone -> ConsoleAnswer.ok(new RuleBody.Removed(gone.text())))));
  }
}
