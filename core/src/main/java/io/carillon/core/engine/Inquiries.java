package io.carillon.core.engine;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Client;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Position;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks all nodes, this one too, what only each of them knows. Nothing of it is kept anywhere, so
 * that nothing can be stale, or left behind by a node that died.
 *
 * <p>Thread-safe. No call blocks; a stage completes in time with what was answered until then, and
 * never fails.
 */
public interface Inquiries {
  /**
   * Asks every node.
   *
   * @param patience after which nobody is waited for any more
   */
  CompletionStage<Collected> ask(Question question, Duration patience);

  /** Sets who answers for this node; called once, before anything is asked. */
  void answerBy(Answerer answerer);

  /** Asks nobody. */
  Inquiries NONE =
      new Inquiries() {
        @Override
        public CompletionStage<Collected> ask(Question question, Duration patience) {
          return CompletableFuture.completedFuture(new Collected(0, List.of()));
        }

        @Override
        public void answerBy(Answerer answerer) {}
      };

  /** Answers for one node; must not block. */
  interface Answerer {
    CompletionStage<Answer> answer(Question question);
  }

  /**
   * What came in time.
   *
   * @param nodes how many were asked
   */
  record Collected(int nodes, List<Answer> answers) {
    public Collected {
      answers = List.copyOf(answers);
    }

    /** Whether every node has answered. */
    public boolean isWhole() {
      return answers.size() >= nodes;
    }
  }

  /** What a node may be asked; always within one application. */
  sealed interface Question {
    AppId app();

    /**
     * How many connections are open.
     *
     * @param key only those that came with this one, which may be revoked; null for all
     */
    record CountConnections(AppId app, @Nullable KeyId key) implements Question {}

    /**
     * Which connections are open, in the order of their ids.
     *
     * @param filter a part of the id, the user, the library or the address range, in any case;
     *     empty for all
     * @param after only those behind this one; null for all
     */
    record ListConnections(AppId app, String filter, @Nullable ConnectionId after, int limit)
        implements Question {}

    /** Close this connection; answered with how many were closed. */
    record CloseConnection(AppId app, ConnectionId connection) implements Question {}

    /** What was refused last, the newest first. */
    record ListRefusals(AppId app, int limit) implements Question {}

    /** What is known of traced messages, the newest first. */
    record ListTraces(AppId app, TracesOf of, int limit) implements Question {}

    /** Trace messages that nobody asked to have traced; answered with 1 by each node that does. */
    record TraceNext(AppId app, Sampling sampling) implements Question {}
  }

  /** What one node answers. */
  sealed interface Answer {
    record Count(int count) implements Answer {}

    record Connections(List<ConnectionFacts> connections) implements Answer {}

    record Refusals(List<RefusalFacts> refusals) implements Answer {}

    record Traces(List<TraceFacts> traces) implements Answer {}
  }

  /**
   * Which traces are asked for; null for any.
   *
   * @param id of the message
   * @param channel its name
   */
  record TracesOf(@Nullable String id, @Nullable String channel, @Nullable Position position) {
    public static final TracesOf ANY = new TracesOf(null, null, null);
  }

  /**
   * Which messages are traced without being asked for.
   *
   * @param every one of so many messages, 1 for each; counted by each node for itself
   * @param messages after which it ends, on each node
   * @param seconds after which it ends at the latest
   */
  record Sampling(ChannelPattern channels, int every, int messages, int seconds) {
    public static final int EVERY_MAX = 1_000_000;
    public static final int MESSAGES_MAX = 1_000;
    public static final int SECONDS_MAX = 3_600;
  }

  /**
   * An open connection.
   *
   * @param user by signing in or by its token, or null
   * @param sinceMillis since 1970
   */
  record ConnectionFacts(
      ConnectionId id,
      KeyId key,
      @Nullable String user,
      Client client,
      long sinceMillis,
      int subscriptions) {}

  /**
   * Something that somebody was refused.
   *
   * @param what was tried: connect, subscribe, publish, …
   * @param code of the error
   * @param channel its name as it was sent, or null when it was about none
   * @param key by which it came, or null
   * @param connection on which it came, or null
   * @param reason what the client was told
   */
  record RefusalFacts(
      long atMillis,
      String what,
      int code,
      @Nullable String channel,
      @Nullable String key,
      @Nullable String connection,
      String reason) {}
}
