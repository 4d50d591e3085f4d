package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Right;
import io.carillon.core.account.Teams;
import io.carillon.core.account.Visitor;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
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
import java.math.BigInteger;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Tenants of whoever is signed in. Thread-safe. */
@Controller("/v1/console/tenants")
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
final class TenantsController {
  private static final Set<String> PAGE = Set.of("limit", "cursor");
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 500;
  private static final Pattern CURSOR = Pattern.compile("[0-9]{1,19}");

  private final ConsoleGate gate;
  private final Teams teams;

  TenantsController(ConsoleGate gate, Teams teams) {
    this.gate = gate;
    this.teams = teams;
  }

  @Get
  @Operation(operationId = "listTenants", summary = "The tenants of whoever is signed in")
  @ApiResponse(
      responseCode = "200",
      description = "All of them",
      content = @Content(schema = @Schema(implementation = AccountBodies.Tenants.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.visitorOrToken(request, (call, visitor) -> list(visitor));
  }

  @Post
  @Operation(
      operationId = "createTenant",
      summary = "Make a tenant",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TeamBodies.Name.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The tenant, with its maker as owner",
      content = @Content(schema = @Schema(implementation = AccountBodies.Tenant.class)))
  CompletionStage<HttpResponse<?>> create(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::create);
  }

  @Get("/{tenant}")
  @Operation(operationId = "getTenant", summary = "A tenant")
  @ApiResponse(
      responseCode = "200",
      description = "The tenant",
      content = @Content(schema = @Schema(implementation = AccountBodies.Tenant.class)))
  CompletionStage<HttpResponse<?>> get(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(
        request,
        Right.READ,
        (call, by) -> Checked.valid(ConsoleAnswer.ok(AccountBodies.Tenant.of(by.membership()))));
  }

  @Patch("/{tenant}")
  @Operation(
      operationId = "renameTenant",
      summary = "Rename a tenant",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TeamBodies.Name.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The tenant",
      content = @Content(schema = @Schema(implementation = AccountBodies.Tenant.class)))
  CompletionStage<HttpResponse<?>> rename(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_TENANT, this::rename);
  }

  @Get("/{tenant}/audit-log")
  @Operation(operationId = "listAuditLog", summary = "What members changed")
  @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(types = "integer"))
  @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "A page, the newest first",
      content = @Content(schema = @Schema(implementation = TeamBodies.Log.class)))
  CompletionStage<HttpResponse<?>> log(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, PAGE, Right.READ_AUDIT_LOG, this::log);
  }

  private Checked<ConsoleAnswer> list(Visitor visitor) {
    return Checked.valid(
        ConsoleAnswer.ok(
            new AccountBodies.Tenants(
                visitor.memberships().stream().map(AccountBodies.Tenant::of).toList())));
  }

  private Checked<ConsoleAnswer> create(ConsoleCall call, Visitor visitor) {
    return call.form(TeamBodies.Name.class)
        .then(form -> form.text("name"))
        .then(
            name ->
                ConsoleAnswer.of(
                    teams.found(visitor.account(), name, call.from()),
                    made -> ConsoleAnswer.created(AccountBodies.Tenant.of(made))));
  }

  private Checked<ConsoleAnswer> rename(ConsoleCall call, Acting by) {
    return call.form(TeamBodies.Name.class)
        .then(form -> form.text("name"))
        .then(
            name ->
                ConsoleAnswer.of(
                    teams.rename(by, name),
                    renamed -> ConsoleAnswer.ok(AccountBodies.Tenant.of(renamed))));
  }

  private Checked<ConsoleAnswer> log(ConsoleCall call, Acting by) {
    String cursor = call.query().get("cursor", String.valueOf(Long.MAX_VALUE));
    if (!CURSOR.matcher(cursor).matches()) {
      return Checked.refused(Problem.of(ErrorCode.CURSOR_INVALID));
    }
    long before = new BigInteger(cursor).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    return call.query()
        .number("limit", LIMIT_DEFAULT, LIMIT_MAX)
        .then(
            limit ->
                Checked.valid(
                    ConsoleAnswer.ok(TeamBodies.Log.of(teams.log(by, before, limit), limit))));
  }
}
