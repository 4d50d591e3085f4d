package io.carillon.api.console;

import io.carillon.core.Node;
import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Collected;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.engine.Inquiries.Sampling;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks all nodes for the console, which waits for them on a virtual thread. Thread-safe. */
@Singleton
final class NodesAsked {
  /** A node that does not answer in this time is left out, and that is said. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private final Node node;

  NodesAsked(Node node) {
    this.node = node;
  }

  /**
   * A number that all nodes have together.
   *
   * @param unanswered nodes that are not in it
   */
  record Sum(int value, int unanswered) {
    /** Null for none, so that it is not written. */
    @Nullable Integer unansweredOrNull() {
      return unanswered == 0 ? null : unanswered;
    }
  }

  /**
   * Open connections.
   *
   * @param key only those that came with this one; null for all
   */
  Sum connections(AppId app, @Nullable KeyId key) {
    return sum(new Question.CountConnections(app, key));
  }

  /** Closes the connection, wherever it is; 1 when it was there. */
  Sum close(AppId app, ConnectionId connection) {
    return sum(new Question.CloseConnection(app, connection));
  }

  /** Has such messages traced; how many nodes do. */
  Sum sample(AppId app, Sampling sampling) {
    return sum(new Question.TraceNext(app, sampling));
  }

  private Sum sum(Question question) {
    Collected collected = ask(question);
    int sum = 0;
    for (Answer answer : collected.answers()) {
      sum += answer instanceof Answer.Count(var count) ? count : 0;
    }
    return new Sum(sum, unanswered(collected));
  }

  Collected ask(Question question) {
    return node.ports().inquiries().ask(question, PATIENCE).toCompletableFuture().join();
  }

  static int unanswered(Collected collected) {
    return Math.max(0, collected.nodes() - collected.answers().size());
  }
}
