package io.carillon.api.operator;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Members;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.operator.OperatorGate.Call;
import io.carillon.api.operator.PlanBodies.Done;
import io.carillon.api.operator.PlanBodies.PlanBody;
import io.carillon.api.operator.PlanBodies.PlanList;
import io.carillon.api.operator.PlanBodies.PlanRequest;
import io.carillon.api.operator.PlanBodies.TeamPlan;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.LimitPlans;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.TenantId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Plans and who has which, for the operator. Thread-safe. */
@Controller("/v1/operator")
@SecurityRequirement(name = "operator")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class PlansController {
  /** {@code x} of {@code /v1/operator/plans/x} and of its like. */
  private static final int ID = 3;

  private final OperatorGate gate;
  private final LimitPlans plans;
  private final Directory directory;

  PlansController(OperatorGate gate, LimitPlans plans, Directory directory) {
    this.gate = gate;
    this.plans = plans;
    this.directory = directory;
  }

  @Get("/plans")
  @Operation(operationId = "listPlans", summary = "The plans")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, by name",
      content = @Content(schema = @Schema(implementation = PlanList.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admit(
        request,
        call -> Checked.valid(new PlanList(plans.all().stream().map(PlanBody::of).toList())));
  }

  @Put("/plans/{plan}")
  @Operation(
      operationId = "putPlan",
      summary = "Make or replace a plan; it acts within a second",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = PlanRequest.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The plan",
      content = @Content(schema = @Schema(implementation = PlanBody.class)))
  CompletionStage<HttpResponse<?>> put(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admit(
        request, call -> PlanBodies.read(call.path().get(ID), call.body().bytes()).then(this::put));
  }

  private Checked<PlanBody> put(LimitPlan plan) {
    plans.put(plan);
    return Checked.valid(PlanBody.of(plan));
  }

  @Delete("/plans/{plan}")
  @Operation(operationId = "deletePlan", summary = "Remove a plan that no team has")
  @ApiResponse(
      responseCode = "200",
      description = "It is removed",
      content = @Content(schema = @Schema(implementation = Done.class)))
  CompletionStage<HttpResponse<?>> delete(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admit(request, call -> remove(call.path().get(ID)));
  }

  private Checked<Done> remove(String name) {
    if (name.equals(LimitPlan.DEFAULT.name()) || name.equals(LimitPlan.DEVELOPMENT.name())) {
      return Checked.refused(ErrorCode.PLAN_IN_USE, "\"" + name + "\" is always there");
    }
    return switch (plans.remove(name)) {
      case REMOVED -> Checked.valid(new Done(true));
      case UNKNOWN -> Checked.refused(Problem.of(ErrorCode.PLAN_UNKNOWN));
      case IN_USE -> Checked.refused(Problem.of(ErrorCode.PLAN_IN_USE));
    };
  }

  @Put("/apps/{app}/plan")
  @Operation(
      operationId = "putPlanOfApp",
      summary = "Give the team that has this application a plan; it acts within a second",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TeamPlan.class))))
  @ApiResponse(
      responseCode = "200",
      description = "Its plan",
      content = @Content(schema = @Schema(implementation = TeamPlan.class)))
  CompletionStage<HttpResponse<?>> giveByApp(
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admit(request, call -> tenantOfApp(call).then(id -> give(call, id)));
  }

  private Checked<TenantId> tenantOfApp(Call call) {
    String id = call.path().get(ID);
    App app = AppId.isValid(id) ? directory.app(new AppId(id)) : null;
    return app == null
        ? Checked.refused(Problem.of(ErrorCode.TENANT_APP_UNKNOWN))
        : Checked.valid(app.tenant());
  }

  @Get("/teams/{tenant}/plan")
  @Operation(operationId = "getTeamPlan", summary = "Which plan a team has")
  @ApiResponse(
      responseCode = "200",
      description = "Its name",
      content = @Content(schema = @Schema(implementation = TeamPlan.class)))
  CompletionStage<HttpResponse<?>> planOf(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.admit(
        request,
        call ->
            tenant(call)
                .then(
                    id ->
                        plans
                            .ofTenant(id)
                            .<Checked<TeamPlan>>map(name -> Checked.valid(new TeamPlan(name)))
                            .orElseGet(
                                () -> Checked.refused(Problem.of(ErrorCode.TENANT_UNKNOWN)))));
  }

  @Put("/teams/{tenant}/plan")
  @Operation(
      operationId = "putTeamPlan",
      summary = "Give a team a plan; it acts within a second",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TeamPlan.class))))
  @ApiResponse(
      responseCode = "200",
      description = "Its plan",
      content = @Content(schema = @Schema(implementation = TeamPlan.class)))
  CompletionStage<HttpResponse<?>> give(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admit(request, call -> tenant(call).then(id -> give(call, id)));
  }

  private Checked<TeamPlan> give(Call call, TenantId tenant) {
    return Json.object(call.body().bytes())
        .then(json -> Members.shaped(json, TeamPlan.class))
        .then(json -> Members.string(json, "plan"))
        .then(plan -> give(tenant, plan));
  }

  private Checked<TeamPlan> give(TenantId tenant, String plan) {
    return switch (plans.give(tenant, plan)) {
      case GIVEN -> Checked.valid(new TeamPlan(plan));
      case NO_PLAN -> Checked.refused(Problem.of(ErrorCode.PLAN_UNKNOWN).at("/plan"));
      case NO_TENANT -> Checked.refused(Problem.of(ErrorCode.TENANT_UNKNOWN));
    };
  }

  private static Checked<TenantId> tenant(Call call) {
    try {
      return Checked.valid(new TenantId(UUID.fromString(call.path().get(ID))));
    } catch (IllegalArgumentException e) {
      return Checked.refused(Problem.of(ErrorCode.TENANT_UNKNOWN));
    }
  }
}
