package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Acting;
import io.carillon.core.account.InvitationId;
import io.carillon.core.account.MemberId;
import io.carillon.core.account.Right;
import io.carillon.core.account.Teams;
import io.carillon.core.account.Visitor;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
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
import java.util.concurrent.CompletionStage;

/** A tenant's members and invitations. Thread-safe. */
@Controller("/v1/console")
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
final class MembersController {
  private final ConsoleGate gate;
  private final Teams teams;

  MembersController(ConsoleGate gate, Teams teams) {
    this.gate = gate;
    this.teams = teams;
  }

  @Get("/tenants/{tenant}/members")
  @Operation(operationId = "listMembers", summary = "The members")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, the oldest first",
      content = @Content(schema = @Schema(implementation = TeamBodies.Members.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.READ, (call, by) -> list(by));
  }

  @Patch("/tenants/{tenant}/members/{member}")
  @Operation(
      operationId = "changeMember",
      summary = "Give a member another role",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TeamBodies.Role.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The member",
      content = @Content(schema = @Schema(implementation = TeamBodies.MemberBody.class)))
  CompletionStage<HttpResponse<?>> change(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_TEAM, this::change);
  }

  @Delete("/tenants/{tenant}/members/{member}")
  @Operation(operationId = "removeMember", summary = "Remove a member, or oneself")
  @ApiResponse(
      responseCode = "200",
      description = "Who was removed",
      content = @Content(schema = @Schema(implementation = TeamBodies.MemberBody.class)))
  CompletionStage<HttpResponse<?>> remove(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.READ, this::remove);
  }

  @Get("/tenants/{tenant}/invitations")
  @Operation(operationId = "listInvitations", summary = "The invitations that are in force")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, the oldest first",
      content = @Content(schema = @Schema(implementation = TeamBodies.Invitations.class)))
  CompletionStage<HttpResponse<?>> invitations(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Right.CHANGE_TEAM, (call, by) -> invitations(by));
  }

  @Post("/tenants/{tenant}/invitations")
  @Operation(
      operationId = "invite",
      summary = "Invite somebody by mail",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TeamBodies.Invite.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The invitation; it takes the place of an earlier one to the same address",
      content = @Content(schema = @Schema(implementation = TeamBodies.InvitationBody.class)))
  CompletionStage<HttpResponse<?>> invite(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_TEAM, this::invite);
  }

  @Delete("/tenants/{tenant}/invitations/{invitation}")
  @Operation(operationId = "withdrawInvitation", summary = "Withdraw an invitation")
  @ApiResponse(
      responseCode = "200",
      description = "Its link counts no more",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> withdraw(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_TEAM, this::withdraw);
  }

  @Post("/invitations/accept")
  @Operation(
      operationId = "acceptInvitation",
      summary = "Become a member by an invitation's link",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = AccountBodies.Token.class))))
  @ApiResponse(
      responseCode = "200",
      description = "Whoever is signed in is a member now",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> accept(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::accept);
  }

  private Checked<ConsoleAnswer> list(Acting by) {
    return Checked.valid(ConsoleAnswer.ok(TeamBodies.Members.of(teams.members(by), by)));
  }

  private Checked<ConsoleAnswer> change(ConsoleCall call, Acting by) {
    return member(call)
        .then(
            id ->
                call.form(TeamBodies.Role.class)
                    .then(Form::role)
                    .then(
                        role ->
                            ConsoleAnswer.of(
                                teams.changeRole(by, id, role),
                                member -> ConsoleAnswer.ok(TeamBodies.MemberBody.of(member, by)))));
  }

  private Checked<ConsoleAnswer> remove(ConsoleCall call, Acting by) {
    return member(call)
        .then(
            id ->
                ConsoleAnswer.of(
                    teams.remove(by, id),
                    member -> ConsoleAnswer.ok(TeamBodies.MemberBody.of(member, by))));
  }

  private static Checked<MemberId> member(ConsoleCall call) {
    return Ids.uuid(call.subject())
        .map(MemberId::new)
        .map(Checked::valid)
        .orElseGet(() -> Checked.refused(Problem.of(ErrorCode.MEMBER_UNKNOWN)));
  }

  private Checked<ConsoleAnswer> invitations(Acting by) {
    return Checked.valid(ConsoleAnswer.ok(TeamBodies.Invitations.of(teams.invitations(by))));
  }

  private Checked<ConsoleAnswer> invite(ConsoleCall call, Acting by) {
    return call.form(TeamBodies.Invite.class)
        .then(
            form ->
                form.text("email")
                    .then(
                        email ->
                            form.role()
                                .then(
                                    role ->
                                        ConsoleAnswer.of(
                                            teams.invite(by, email, role),
                                            made ->
                                                ConsoleAnswer.created(
                                                    TeamBodies.InvitationBody.of(made))))));
  }

  private Checked<ConsoleAnswer> withdraw(ConsoleCall call, Acting by) {
    return Ids.uuid(call.subject())
        .map(
            id ->
                ConsoleAnswer.of(
                    teams.withdraw(by, new InvitationId(id)),
                    gone -> ConsoleAnswer.ok(AccountBodies.Done.DONE)))
        .orElseGet(() -> Checked.refused(Problem.of(ErrorCode.INVITATION_UNKNOWN)));
  }

  private Checked<ConsoleAnswer> accept(ConsoleCall call, Visitor visitor) {
    return call.form(AccountBodies.Token.class)
        .then(form -> form.secret("token"))
        .then(
            token ->
                ConsoleAnswer.of(
                    teams.accept(visitor.account(), token, call.from()),
                    joined -> ConsoleAnswer.ok(AccountBodies.Done.DONE)));
  }
}
