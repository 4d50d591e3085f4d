package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.Node;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Declarations;
import io.carillon.core.account.Declarations.Option;
import io.carillon.core.account.DeclaredApp;
import io.carillon.core.account.Right;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A tenant's applications as a file declares them. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apply")
@Secured(SecurityRule.IS_AUTHENTICATED)
@SecurityRequirement(name = "session")
@SecurityRequirement(name = "accessToken")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused, and nothing was changed; pointer says where",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class DeclarationsController {
  private final ConsoleGate gate;
  private final Apps apps;
  private final Declarations declarations;
  private final Node node;

  DeclarationsController(ConsoleGate gate, Apps apps, Declarations declarations, Node node) {
    this.gate = gate;
    this.apps = apps;
    this.declarations = declarations;
    this.node = node;
  }

  @Post
  @Operation(
      operationId = "apply",
      summary = "Make the applications, their keys and rules as they are declared, all or nothing",
      description =
          "The same declaration again changes nothing. Deleting applications is for admins",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = DeclarationBodies.Declaration.class))))
  @ApiResponse(
      responseCode = "200",
      description = "What became of each thing, or what would",
      content = @Content(schema = @Schema(implementation = DeclarationBodies.PlanBody.class)))
  CompletionStage<HttpResponse<?>> apply(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_APPS, this::apply);
  }

  private Checked<ConsoleAnswer> apply(ConsoleCall call, Acting by) {
    return call.form(DeclarationBodies.Declaration.class)
        .then(
            form ->
                options(form)
                    .then(
                        options ->
                            new DeclarationFields(apps.list(by), node.ports().schemas())
                                .apps(form.json())
                                .then(declared -> apply(by, declared, options))));
  }

  private static Checked<Set<Option>> options(Form form) {
    return form.flag("dryRun", false)
        .then(
            dry ->
                form.flag("prune", false)
                    .then(
                        prune -> {
                          Set<Option> options = EnumSet.noneOf(Option.class);
                          if (dry) {
                            options.add(Option.DRY_RUN);
                          }
                          if (prune) {
                            options.add(Option.PRUNE);
                          }
                          return Checked.valid(options);
                        }));
  }

  private Checked<ConsoleAnswer> apply(Acting by, List<DeclaredApp> declared, Set<Option> options) {
    boolean dry = options.contains(Option.DRY_RUN);
    return ConsoleAnswer.of(
        declarations.apply(by, declared, options),
        plan -> ConsoleAnswer.ok(DeclarationBodies.PlanBody.of(plan, dry)));
  }
}
