package io.carillon.api.rules;

import io.carillon.api.http.Answer;
import io.carillon.api.http.Call;
import io.carillon.api.http.CallGate;
import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.Quoted;
import io.carillon.api.http.RuleBody;
import io.carillon.api.http.RuleFields;
import io.carillon.api.http.Stages;
import io.carillon.core.Node;
import io.carillon.core.engine.RuleAdmin;
import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An application's channel rules; every key of the application may change them, and every node goes
 * by a change within a second. Thread-safe.
 */
@Controller("/v1/rules")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class RulesController {
  private final CallGate gate;
  private final RuleAdmin rules;
  private final SchemaCheck schemas;

  RulesController(CallGate gate, Node node, RuleAdmin rules) {
    this.gate = gate;
    this.rules = rules;
    this.schemas = node.ports().schemas();
  }

  @Get
  @Operation(operationId = "listRules", summary = "The channel rules")
  @ApiResponse(
      responseCode = "200",
      description = "All of them",
      content = @Content(schema = @Schema(implementation = RuleBody.All.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admit(
        request,
        call ->
            CompletableFuture.completedFuture(
                Checked.valid(
                    Answer.ok(
                        new RuleBody.All(
                            call.caller().app().rules().stream().map(RuleBody::of).toList())))));
  }

  @Get("/match")
  @Operation(operationId = "matchRule", summary = "Which rule is for a channel")
  @Parameter(
      name = "channel",
      in = ParameterIn.QUERY,
      required = true,
      schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "The rule that counts, if any matches",
      content = @Content(schema = @Schema(implementation = RuleBody.Match.class)))
  CompletionStage<HttpResponse<?>> match(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admit(
        request,
        Set.of("channel"),
        call ->
            CompletableFuture.completedFuture(
                ChannelNames.checked(call.query().get("channel", ""))
                    .then(
                        name ->
                            Checked.valid(
                                Answer.ok(RuleBody.Match.of(call.caller().app(), name))))));
  }

  @Get("/{pattern:[^/]+}")
  @Operation(operationId = "getRule", summary = "A channel rule")
  @ApiResponse(
      responseCode = "200",
      description = "The rule",
      content = @Content(schema = @Schema(implementation = RuleBody.class)))
  CompletionStage<HttpResponse<?>> get(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admit(
        request,
        call ->
            CompletableFuture.completedFuture(
                call.caller().app().rules().stream()
                    .filter(rule -> rule.pattern().text().equals(call.subject()))
                    .findFirst()
                    .map(rule -> Checked.valid(Answer.ok(RuleBody.of(rule))))
                    .orElseGet(() -> Checked.refused(unknown(call.subject())))));
  }

  @Put("/{pattern:[^/]+}")
  @Operation(
      operationId = "putRule",
      summary = "Make a channel rule, or put another one in its place",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = RuleBody.ToPut.class))))
  @ApiResponse(
      responseCode = "201",
      description = "It is new; 200 when there was one with this pattern",
      content = @Content(schema = @Schema(implementation = RuleBody.class)))
  CompletionStage<HttpResponse<?>> put(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admit(
        request,
        call ->
            Stages.answerChecked(
                RuleFields.pattern(call.subject())
                    .then(
                        pattern ->
                            call.object(RuleBody.ToPut.class)
                                .then(json -> RuleFields.rule(pattern, json, schemas))),
                rule -> Stages.blocking(() -> put(call, rule))));
  }

  private Checked<Answer> put(Call call, ChannelRule rule) {
    App app = call.caller().app();
    return switch (rules.put(app.tenant(), app.id(), rule)) {
      case CREATED -> Checked.valid(Answer.of(HttpStatus.CREATED, RuleBody.of(rule)));
      case REPLACED -> Checked.valid(Answer.ok(RuleBody.of(rule)));
      case TOO_MANY ->
          Checked.refused(
              ErrorCode.TOO_MANY_ITEMS,
              "rules: one more than " + App.RULES_MAX + " (expected: up to that many)");
      case NO_APP -> Checked.refused(Problem.of(ErrorCode.APP_UNKNOWN));
    };
  }

  @Delete("/{pattern:[^/]+}")
  @Operation(operationId = "removeRule", summary = "Remove a channel rule")
  @ApiResponse(
      responseCode = "200",
      description = "It is removed",
      content = @Content(schema = @Schema(implementation = RuleBody.Removed.class)))
  CompletionStage<HttpResponse<?>> remove(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admit(
        request,
        call ->
            Stages.answerChecked(
                call.withoutBody().then(bare -> RuleFields.pattern(bare.subject())),
                pattern -> Stages.blocking(() -> remove(call, pattern))));
  }

  private Checked<Answer> remove(Call call, ChannelPattern pattern) {
    App app = call.caller().app();
    return rules.remove(app.tenant(), app.id(), pattern)
        ? Checked.valid(Answer.ok(new RuleBody.Removed(pattern.text())))
        : Checked.refused(unknown(pattern.text()));
  }

  private static Problem unknown(String pattern) {
    return Problem.of(ErrorCode.RULE_UNKNOWN, Quoted.of(pattern));
  }
}
