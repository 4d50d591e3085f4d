package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Right;
import io.carillon.core.engine.UsageStore;
import io.carillon.core.engine.UsageStore.Line;
import io.carillon.core.engine.UsageStore.Query;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.AppId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a tenant and its applications used. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}")
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
final class UsageController {
  private final ConsoleGate gate;
  private final Apps apps;
  private final UsageStore usage;

  UsageController(ConsoleGate gate, Apps apps, UsageStore usage) {
    this.gate = gate;
    this.apps = apps;
    this.usage = usage;
  }

  @Get("/usage")
  @Operation(
      operationId = "getTenantUsage",
      summary = "What all applications used, also those that are deleted")
  @Parameter(name = "from", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @Parameter(
      name = "step",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "string", pattern = "minute|hour|day|month"))
  @Parameter(
      name = "by",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "string", pattern = "nothing|key|app"))
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "string", pattern = "json|csv"))
  @ApiResponse(
      responseCode = "200",
      description =
          "The oldest first; steps in which nothing was used are left out. With format=csv the points"
              + " as text/csv",
      content = @Content(schema = @Schema(implementation = UsageBodies.Report.class)))
  CompletionStage<HttpResponse<?>> ofTenant(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(
        request,
        UsageQuery.PARAMETERS,
        Right.READ,
        (call, by) -> UsageQuery.read(call.query(), now()).then(asked -> answer(by, null, asked)));
  }

  @Get("/apps/{app}/usage")
  @Operation(operationId = "getAppUsage", summary = "What an application used")
  @Parameter(name = "from", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @Parameter(
      name = "step",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "string", pattern = "minute|hour|day|month"))
  @Parameter(
      name = "by",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "string", pattern = "nothing|key|app"))
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "string", pattern = "json|csv"))
  @ApiResponse(
      responseCode = "200",
      description =
          "The oldest first; steps in which nothing was used are left out. With format=csv the points"
              + " as text/csv",
      content = @Content(schema = @Schema(implementation = UsageBodies.Report.class)))
  CompletionStage<HttpResponse<?>> ofApp(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(
        request,
        UsageQuery.PARAMETERS,
        Right.READ,
        (call, by) ->
            AppBodies.app(apps, call, by)
                .then(
                    listed ->
                        UsageQuery.read(call.query(), now())
                            .then(asked -> answer(by, listed.app().id(), asked))));
  }

  private static Instant now() {
    return Instant.now();
  }

  private Checked<ConsoleAnswer> answer(Acting by, @Nullable AppId app, UsageQuery asked) {
    Query query =
        new Query(by.tenant(), app, asked.from(), asked.to(), asked.step(), asked.split());
    List<Line> lines = usage.read(query, UsageQuery.LINES_MAX + 1);
    if (lines.size() > UsageQuery.LINES_MAX) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST,
          "from, to: more than " + UsageQuery.LINES_MAX + " lines (expected: a shorter time)");
    }
    return Checked.valid(
        ConsoleAnswer.ok(
            asked.csv()
                ? new ConsoleAnswer.Csv(
                    "usage-" + (app == null ? "all" : app) + ".csv", UsageBodies.csv(lines))
                : UsageBodies.Report.of(asked, lines)));
  }
}
