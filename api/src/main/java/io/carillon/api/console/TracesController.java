package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.Quoted;
import io.carillon.api.http.RuleFields;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.account.Right;
import io.carillon.core.engine.Inquiries.Collected;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.engine.Inquiries.Sampling;
import io.carillon.core.engine.Inquiries.TracesOf;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.AppId;
import io.carillon.core.model.Position;
import io.carillon.core.trace.TraceLog;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What became of an application's traced messages, on all nodes. Thread-safe. */
@Controller("/v1/console/tenants/{tenant}/apps/{app}/traces")
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
final class TracesController {
  private static final int LIMIT = 20;
  private static final int SECONDS_DEFAULT = 600;
  private static final int MESSAGES_DEFAULT = 20;
  private static final String POSITION_FORM = "[0-9]{1,18}:[0-9]{1,18}";
  private static final Pattern POSITION = Pattern.compile("([0-9]{1,18}):([0-9]{1,18})");

  private final ConsoleGate gate;
  private final Apps apps;
  private final NodesAsked nodes;

  TracesController(ConsoleGate gate, Apps apps, NodesAsked nodes) {
    this.gate = gate;
    this.apps = apps;
    this.nodes = nodes;
  }

  @Get
  @Operation(
      operationId = "listTraces",
      summary = "What became of traced messages: when they were accepted, and their sockets")
  @Parameter(
      name = "id",
      in = ParameterIn.QUERY,
      description = "Only messages with this id",
      schema = @Schema(types = "string"))
  @Parameter(
      name = "channel",
      in = ParameterIn.QUERY,
      description = "Only those on this channel",
      schema = @Schema(types = "string"))
  @Parameter(
      name = "position",
      in = ParameterIn.QUERY,
      description = "Only those at this position: <epoch>:<offset>",
      schema = @Schema(types = "string", pattern = POSITION_FORM))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema = @Schema(types = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
  @ApiResponse(
      responseCode = "200",
      description = "The newest first; none for what was not traced, or is not kept any more",
      content = @Content(schema = @Schema(implementation = TraceBodies.Traces.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.member(
        request, Set.of("id", "channel", "position", "limit"), Right.READ, this::list);
  }

  @Post("/samplings")
  @Operation(
      operationId = "sampleTraces",
      summary = "Trace messages that nobody asked to have traced, for a while",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TraceBodies.ToSample.class))))
  @ApiResponse(
      responseCode = "200",
      description = "It has begun, on every node that has answered",
      content = @Content(schema = @Schema(implementation = TraceBodies.Sampled.class)))
  CompletionStage<HttpResponse<?>> sample(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.member(request, Right.CHANGE_RULES, this::sample);
  }

  private Checked<ConsoleAnswer> list(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(app -> question(call, app.app().id()))
        .then(question -> Checked.valid(ConsoleAnswer.ok(found(question))));
  }

  private static Checked<Question.ListTraces> question(ConsoleCall call, AppId app) {
    String id = call.query().get("id");
    String channel = call.query().get("channel");
    return call.query()
        .number("limit", LIMIT, TraceLog.TRACES_MAX)
        .then(
            limit ->
                position(call.query().get("position"))
                    .then(
                        at -> {
                          Position position = at.epoch() == 0 ? null : at;
                          TracesOf of = new TracesOf(id, channel, position);
                          return Checked.valid(new Question.ListTraces(app, of, limit));
                        }));
  }

  /** The one before all others for none. */
  private static Checked<Position> position(@Nullable String text) {
    if (text == null) {
      return Checked.valid(new Position(0, 0));
    }
    Matcher matcher = POSITION.matcher(text);
    return matcher.matches()
        ? Checked.valid(
            new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Checked.refused(
            ErrorCode.BAD_REQUEST,
            "position: " + Quoted.of(text) + " (expected: <epoch>:<offset>)");
  }

  private TraceBodies.Traces found(Question.ListTraces question) {
    Collected collected = nodes.ask(question);
    return TraceBodies.Traces.of(collected, question.limit(), NodesAsked.unanswered(collected));
  }

  private Checked<ConsoleAnswer> sample(ConsoleCall call, Acting by) {
    return AppBodies.app(apps, call, by)
        .then(
            app ->
                call.form(TraceBodies.ToSample.class)
                    .then(TracesController::sampling)
                    .then(
                        sampling ->
                            Checked.valid(ConsoleAnswer.ok(begun(app.app().id(), sampling)))));
  }

  private static Checked<Sampling> sampling(Form form) {
    return form.text("pattern")
        .then(RuleFields::pattern)
        .then(
            pattern ->
                form.number("every", 1, Sampling.EVERY_MAX)
                    .then(
                        every ->
                            form.number("messages", MESSAGES_DEFAULT, Sampling.MESSAGES_MAX)
                                .then(
                                    messages ->
                                        form.number(
                                                "seconds", SECONDS_DEFAULT, Sampling.SECONDS_MAX)
                                            .then(
                                                seconds ->
                                                    Checked.valid(
                                                        new Sampling(
                                                            pattern, every, messages, seconds))))));
  }

  private TraceBodies.Sampled begun(AppId app, Sampling sampling) {
    NodesAsked.Sum begun = nodes.sample(app, sampling);
    return new TraceBodies.Sampled(
        sampling.channels().text(),
        sampling.every(),
        sampling.messages(),
        sampling.seconds(),
        begun.value(),
        begun.unansweredOrNull());
  }
}
