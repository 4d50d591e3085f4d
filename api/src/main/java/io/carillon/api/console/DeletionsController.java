package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Deletions;
import io.carillon.core.account.Right;
import io.carillon.core.account.Visitor;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
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

/** Ending accounts and tenants; by POST, as something has to be proved in the body. Thread-safe. */
@Controller("/v1/console")
@Secured(SecurityRule.IS_AUTHENTICATED)
@SecurityRequirement(name = "session")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class DeletionsController {
  private final ConsoleGate gate;
  private final Deletions deletions;
  private final SessionCookie cookie;

  DeletionsController(ConsoleGate gate, Deletions deletions, SessionCookie cookie) {
    this.gate = gate;
    this.deletions = deletions;
    this.cookie = cookie;
  }

  @Post("/account/deletion")
  @Operation(
      operationId = "deleteAccount",
      summary = "Delete one's account; not as the only owner of a tenant",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = SecurityBodies.AccountDeletion.class))))
  @ApiResponse(
      responseCode = "200",
      description = "There is no such account any more",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> account(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::account);
  }

  @Post("/tenants/{tenant}/deletion")
  @Operation(
      operationId = "deleteTenant",
      summary = "Delete a tenant with its applications; their sockets are closed",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TeamBodies.Name.class))))
  @ApiResponse(
      responseCode = "200",
      description = "There is no such tenant any more",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> tenant(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.DELETE_TENANT, this::tenant);
  }

  private Checked<ConsoleAnswer> account(ConsoleCall call, Visitor visitor) {
    return call.form(SecurityBodies.AccountDeletion.class)
        .then(
            form ->
                form.secret("password")
                    .then(
                        password ->
                            (form.has("code") ? form.secret("code") : Checked.valid(""))
                                .then(
                                    code ->
                                        ConsoleAnswer.of(
                                            deletions.deleteAccount(
                                                visitor, password, code, call.from()),
                                            gone ->
                                                ConsoleAnswer.ok(AccountBodies.Done.DONE)
                                                    .with(cookie.none())))));
  }

  private Checked<ConsoleAnswer> tenant(ConsoleCall call, Acting by) {
    return call.form(TeamBodies.Name.class)
        .then(form -> form.text("name"))
        .then(
            name ->
                ConsoleAnswer.of(
                    deletions.deleteTenant(by, name),
                    gone -> ConsoleAnswer.ok(AccountBodies.Done.DONE)));
  }
}
