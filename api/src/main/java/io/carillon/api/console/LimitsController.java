package io.carillon.api.console;

import io.carillon.api.console.LimitBodies.LimitBody;
import io.carillon.api.console.LimitBodies.LimitsBody;
import io.carillon.api.console.LimitBodies.QuotaBody;
import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.Node;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Right;
import io.carillon.core.engine.UsageStore;
import io.carillon.core.engine.UsageStore.Line;
import io.carillon.core.engine.UsageStore.Query;
import io.carillon.core.engine.UsageStore.Split;
import io.carillon.core.engine.UsageStore.Step;
import io.carillon.core.meter.Quota;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.Limit;
import io.carillon.core.model.Usage;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What limits an application, who says so, and how much of it is used. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apps/{app}/limits")
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
final class LimitsController {
  private static final long PATIENCE_SECONDS = 2;

  /** Over which the use of rates is taken: two minutes of which one is whole. */
  private static final Duration RECENT = Duration.ofMinutes(2);

  /** Days of a month, and what begins meanwhile. */
  private static final int LINES_MAX = 40;

  private final ConsoleGate gate;
  private final Apps apps;
  private final UsageStore usage;
  private final Node node;

  LimitsController(ConsoleGate gate, Apps apps, UsageStore usage, Node node) {
    this.gate = gate;
    this.apps = apps;
    this.usage = usage;
    this.node = node;
  }

  @Get
  @Operation(operationId = "getAppLimits", summary = "What limits an application, and its use")
  @ApiResponse(
      responseCode = "200",
      description = "All limits, each with who says so",
      content = @Content(schema = @Schema(implementation = LimitsBody.class)))
  CompletionStage<HttpResponse<?>> get(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(
        request,
        Right.READ,
        (call, by) -> AppBodies.app(apps, call, by).then(listed -> answer(by, listed)));
  }

  @Put
  @Operation(
      operationId = "putAppLimits",
      summary = "Set an application's own limits, within the team's plan",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = DeclarationBodies.DeclaredLimits.class))))
  @ApiResponse(
      responseCode = "200",
      description = "All limits; of what is absent the plan's count. It acts within a second",
      content = @Content(schema = @Schema(implementation = LimitsBody.class)))
  CompletionStage<HttpResponse<?>> put(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(
        request,
        Right.CHANGE_APPS,
        (call, by) ->
            AppBodies.app(apps, call, by)
                .then(
                    listed ->
                        call.form(DeclarationBodies.DeclaredLimits.class)
                            .then(form -> put(form, listed, by))));
  }

  private Checked<ConsoleAnswer> put(Form form, Apps.Listed listed, Acting by) {
    AppSettings old = listed.app().settings();
    return LimitFields.replaced(form, old.limits())
        .then(limits -> ConsoleAnswer.checked(apps.change(by, listed, null, old.with(limits))))
        .then(changed -> answer(by, changed));
  }

  private Checked<ConsoleAnswer> answer(Acting by, Apps.Listed listed) {
    AppId app = listed.app().id();
    Limits limits = listed.app().settings().limits();
    Instant now = Instant.now();
    Usage recent = recent(by, app, now);
    Double connections = connections(app);
    List<LimitBody> bodies =
        LimitBodies.ofApps().stream()
            .map(
                limit ->
                    LimitBody.of(
                        limit,
                        limits,
                        node.messageRate().ceilings(),
                        used(limit, recent, connections)))
            .toList();
    return Checked.valid(
        ConsoleAnswer.ok(new LimitsBody(limits.plan().name(), bodies, quotas(by, limits, now))));
  }

  /** Of the last whole minute, or what there is of the one before it. */
  private Usage recent(Acting by, AppId app, Instant now) {
    Query query = new Query(by.tenant(), app, now.minus(RECENT), now, Step.MINUTE, Split.NOTHING);
    List<Line> lines = usage.read(query, LINES_MAX);
    return lines.isEmpty() ? Usage.NONE : lines.getFirst().usage();
  }

  private @Nullable Double connections(AppId app) {
    try {
      return node.connectionsOf(app)
          .toCompletableFuture()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join()
          .doubleValue();
    } catch (CompletionException e) {
      return null; // nobody can say
    }
  }

  private static @Nullable Double used(Limit limit, Usage recent, @Nullable Double connections) {
    double minute = Duration.ofMinutes(1).toSeconds();
    return switch (limit) {
      case CONNECTIONS -> connections;
      case MESSAGES_PER_SECOND -> recent.messages() / minute;
      case BYTES_PER_SECOND -> recent.bytesIn() / minute;
      default -> null;
    };
  }

  private List<QuotaBody> quotas(Acting by, Limits limits, Instant now) {
    Instant month = Quota.MESSAGES_PER_MONTH.beginOf(now);
    Query query = new Query(by.tenant(), null, month, now, Step.DAY, Split.NOTHING);
    List<Line> days = usage.read(query, LINES_MAX);
    return Quota.all().stream()
        .map(
            quota -> {
              Limit limit = quota.limit();
              Instant from = quota.beginOf(now);
              return new QuotaBody(
                  limit.word(),
                  limit.unit().words(),
                  limit.meaning(),
                  limits.of(limit),
                  quota.of(LimitBodies.sum(days, from)),
                  from.toString(),
                  quota.endOf(now).toString(),
                  limits.plan().overrun().word());
            })
        .toList();
  }
}
