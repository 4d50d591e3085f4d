package io.carillon.core.session;

import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Answerer;
import io.carillon.core.engine.Inquiries.ConnectionFacts;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.inspect.RefusalLog;
import io.carillon.core.model.AppId;
import io.carillon.core.model.Client;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.trace.Tracer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers what is asked about this node's sessions, each lane for its own. Thread-safe. */
public final class Inspection implements Answerer {
  /** How many connections are listed at once at most. */
  public static final int LISTED_MAX = 200;

  private static final Comparator<ConnectionFacts> BY_ID =
      Comparator.comparingLong(facts -> facts.id().value());

  private final List<SessionLane> lanes;
  private final RefusalLog refusals;
  private final Tracer tracer;

  /**
   * @param lanes of the node; read each time
   */
  public Inspection(List<SessionLane> lanes, RefusalLog refusals, Tracer tracer) {
    this.lanes = lanes;
    this.refusals = refusals;
    this.tracer = tracer;
  }

  @Override
  public CompletionStage<Answer> answer(Question question) {
    return switch (question) {
      case Question.CountConnections(var app, var key) ->
          sum(app, all -> all.filter(it -> key == null || it.key().equals(key)).count());
      case Question.CloseConnection(var app, var id) -> sum(app, all -> close(all, id));
      case Question.ListRefusals(var app, var limit) ->
          CompletableFuture.completedFuture(new Answer.Refusals(refusals.newest(app, limit)));
      case Question.ListConnections list -> list(list);
      case Question.ListTraces(var app, var of, var limit) ->
          CompletableFuture.completedFuture(new Answer.Traces(tracer.log().newest(app, of, limit)));
      case Question.TraceNext(var app, var sampling) -> {
        tracer.sample(app, sampling);
        yield CompletableFuture.completedFuture(new Answer.Count(1));
      }
    };
  }

  private CompletionStage<Answer> sum(AppId app, Function<Stream<Session>, Long> counting) {
    CompletionStage<Long> sum = CompletableFuture.completedFuture(0L);
    for (SessionLane lane : lanes) {
      sum = sum.thenCombine(lane.ask(app, counting), Long::sum);
    }
    return sum.thenApply(count -> new Answer.Count(Math.toIntExact(count)));
  }

  private static long close(Stream<Session> sessions, ConnectionId id) {
    // first all of them, since the list changes with the first that is closed
    List<Session> found = sessions.filter(session -> session.id().equals(id)).toList();
    Problem reason = Problem.of(ErrorCode.UNAUTHORIZED, "the connection was ended in the console");
    found.forEach(session -> session.close(reason));
    return found.size();
  }

  private CompletionStage<Answer> list(Question.ListConnections asked) {
    int limit = Math.clamp(asked.limit(), 1, LISTED_MAX);
    CompletionStage<List<ConnectionFacts>> found = CompletableFuture.completedFuture(List.of());
    for (SessionLane lane : lanes) {
      found =
          found.thenCombine(
              lane.ask(asked.app(), all -> first(all, asked, limit)), Inspection::joined);
    }
    return found.thenApply(
        all -> new Answer.Connections(all.stream().sorted(BY_ID).limit(limit).toList()));
  }

  /** Those with the lowest ids; no more is kept at any moment. */
  private static List<ConnectionFacts> first(
      Stream<Session> sessions, Question.ListConnections asked, int limit) {
    ConnectionId after = asked.after();
    String filter = asked.filter().toLowerCase(Locale.ROOT);
    PriorityQueue<ConnectionFacts> lowest = new PriorityQueue<>(BY_ID.reversed());
    sessions
        .filter(session -> after == null || session.id().value() > after.value())
        .map(Session::facts)
        .filter(facts -> filter.isEmpty() || matches(facts, filter))
        .forEach(
            facts -> {
              lowest.add(facts);
              if (lowest.size() > limit) {
                lowest.poll();
              }
            });
    return List.copyOf(lowest);
  }

  private static boolean matches(ConnectionFacts facts, String filter) {
    Client client = facts.client();
    return has(facts.id().socketId(), filter)
        || has(facts.user(), filter)
        || has(client.library(), filter)
        || has(client.protocol().word(), filter)
        || has(client.from().text(), filter)
        || has(facts.key().value(), filter);
  }

  private static boolean has(@Nullable String text, String part) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(part);
  }

  private static List<ConnectionFacts> joined(
      List<ConnectionFacts> some, List<ConnectionFacts> others) {
    List<ConnectionFacts> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
