package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.Quoted;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Cutting;
import io.carillon.core.account.Right;
import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Collected;
import io.carillon.core.engine.Inquiries.ConnectionFacts;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.inspect.RefusalLog;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.session.Inspection;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An application's open connections on all nodes, and what was refused there. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apps/{app}")
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
final class ConnectionsController {
  private static final int LIMIT = 50;
  private static final int FILTER_LENGTH_MAX = 100;

  private final ConsoleGate gate;
  private final Apps apps;
  private final NodesAsked nodes;
  private final Cutting cutting;

  ConnectionsController(ConsoleGate gate, Apps apps, NodesAsked nodes, Cutting cutting) {
    this.gate = gate;
    this.apps = apps;
    this.nodes = nodes;
    this.cutting = cutting;
  }

  @Get("/connections")
  @Operation(operationId = "listConnections", summary = "Open connections, of all nodes")
  @Parameter(
      name = "filter",
      in = ParameterIn.QUERY,
      description = "A part of the id, key, user, protocol, library or address range, in any case",
      schema = @Schema(types = "string", maxLength = FILTER_LENGTH_MAX))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
  @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "A page of them",
      content = @Content(schema = @Schema(implementation = LiveBodies.Connections.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Set.of("filter", "limit", "cursor"), Right.READ, this::list);
  }

  @Delete("/connections/{connection}")
  @Operation(operationId = "endConnection", summary = "End a connection, on whichever node it is")
  @ApiResponse(
      responseCode = "200",
      description = "It is ended; a client whose library comes back is let in again",
      content = @Content(schema = @Schema(implementation = LiveBodies.Ended.class)))
  CompletionStage<HttpResponse<?>> end(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.END_CONNECTIONS, this::end);
  }

  @Get("/refusals")
  @Operation(operationId = "listRefusals", summary = "What was refused last, on all nodes")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
  @ApiResponse(
      responseCode = "200",
      description = "The newest first",
      content = @Content(schema = @Schema(implementation = LiveBodies.Refusals.class)))
  CompletionStage<HttpResponse<?>> refusals(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(request, Set.of("limit"), Right.READ, this::refusals);
  }

  private Checked<ConsoleAnswer> list(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(app -> question(call, app.app().id()))
        .then(question -> Checked.valid(ConsoleAnswer.ok(page(question))));
  }

  private static Checked<Question.ListConnections> question(ConsoleCall call, AppId app) {
    String filter = call.query().get("filter", "").strip();
    if (filter.length() > FILTER_LENGTH_MAX) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST,
          "filter: " + filter.length() + " characters (expected: up to " + FILTER_LENGTH_MAX + ")");
    }
    String cursor = call.query().get("cursor");
    return call.query()
        .number("limit", LIMIT, Inspection.LISTED_MAX)
        .then(
            limit ->
                cursor == null
                    ? Checked.valid(new Question.ListConnections(app, filter, null, limit))
                    : connection(cursor, "cursor")
                        .then(
                            after ->
                                Checked.valid(
                                    new Question.ListConnections(app, filter, after, limit))));
  }

  private static Checked<ConnectionId> connection(String text, String name) {
    ConnectionId id = ConnectionId.ofSocketId(text);
    return id != null
        ? Checked.valid(id)
        : Checked.refused(
            ErrorCode.BAD_REQUEST,
            name + ": " + Quoted.of(text) + " (expected: the id of a connection)");
  }

  private LiveBodies.Connections page(Question.ListConnections question) {
    Collected collected = nodes.ask(question);
    List<ConnectionFacts> found = new ArrayList<>();
    for (Answer answer : collected.answers()) {
      if (answer instanceof Answer.Connections(var some)) {
        found.addAll(some);
      }
    }
    found.sort(Comparator.comparingLong(facts -> facts.id().value()));
    int limit = question.limit();
    List<LiveBodies.Connection> page =
        found.stream().limit(limit).map(LiveBodies.Connection::of).toList();
    // a full page may have no other one behind it, which is found out by asking for it
    String cursor = page.size() == limit ? page.getLast().id() : null;
    NodesAsked.Sum total = nodes.connections(question.app(), null);
    int unanswered = Math.max(NodesAsked.unanswered(collected), total.unanswered());
    return new LiveBodies.Connections(page, total.value(), orNull(unanswered), cursor);
  }

  private static @Nullable Integer orNull(int count) {
    return count == 0 ? null : count;
  }

  private Checked<ConsoleAnswer> end(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app ->
                connection(call.part(), "connection")
                    .then(
                        id -> {
                          AppId of = app.app().id();
                          if (nodes.close(of, id).value() == 0) {
                            return Checked.refused(
                                Problem.of(ErrorCode.CONNECTION_UNKNOWN, id.socketId()));
                          }
                          cutting.ended(by, of, id);
                          return Checked.valid(
                              ConsoleAnswer.ok(new LiveBodies.Ended(id.socketId())));
                        }));
  }

  private Checked<ConsoleAnswer> refusals(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app ->
                call.query()
                    .number("limit", LIMIT, RefusalLog.REFUSALS_MAX)
                    .then(
                        limit ->
                            Checked.valid(
                                ConsoleAnswer.ok(
                                    newest(new Question.ListRefusals(app.app().id(), limit))))));
  }

  private LiveBodies.Refusals newest(Question.ListRefusals question) {
    Collected collected = nodes.ask(question);
    List<RefusalFacts> found = new ArrayList<>();
    for (Answer answer : collected.answers()) {
      if (answer instanceof Answer.Refusals(var some)) {
        found.addAll(some);
      }
    }
    found.sort(Comparator.comparingLong(RefusalFacts::atMillis).reversed());
    return new LiveBodies.Refusals(
        found.stream().limit(question.limit()).map(LiveBodies.Refused::of).toList(),
        orNull(NodesAsked.unanswered(collected)));
  }
}
