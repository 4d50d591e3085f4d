package io.carillon.edge.protocol.carillon;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Operation;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.session.Session;
import io.carillon.edge.protocol.Dialect.Voice;
import io.carillon.edge.protocol.carillon.ClientFrame.Item;
import io.carillon.edge.protocol.carillon.ClientFrame.Pub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Publishes the messages of a {@code pub} and answers when all have been decided (5.2). */
final class Publishing {
  private Publishing() {}

  static void publish(CarillonDialect dialect, Session session, Voice voice, Pub pub) {
    ChannelName name = dialect.nameOf(session, voice, pub, pub.channel());
    if (name == null) {
      return;
    }
    boolean plain = pub.items().stream().anyMatch(item -> item.meta().edit() == null);
    Problem refusal = plain ? session.refusal(Operation.PUBLISH, name) : null;
    if (refusal != null) {
      dialect.refuse(session, voice, pub, pub.channel(), refusal);
      return;
    }
    Origin origin = new Origin.Client(session.id(), session.rights().clientId());
    List<CompletableFuture<PublishOutcome>> results = new ArrayList<>(pub.items().size());
    for (Item item : pub.items()) {
      Message message = new Message(item.id(), item.name(), item.data(), origin, item.meta());
      results.add(
          session
              .append(name, message)
              .exceptionally(failure -> unavailable())
              .toCompletableFuture());
    }
    CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
        .thenRun(
            () ->
                session
                    .lane()
                    .run(
                        () ->
                            answer(
                                new Answering(dialect, session, voice, pub),
                                results.stream().map(CompletableFuture::join).toList())));
  }

  private record Answering(CarillonDialect dialect, Session session, Voice voice, Pub pub) {}

  private static void answer(Answering to, List<PublishOutcome> outcomes) {
    for (PublishOutcome outcome : outcomes) {
      if (outcome instanceof PublishOutcome.Refused(var problem)) {
        to.session().refused(to.pub().word(), to.pub().channel(), problem);
      }
    }
    to.voice().say(to.dialect().frames().published(to.pub().i(), outcomes));
  }

  /** It may be in the log or not: with an id a retry is safe. */
  private static PublishOutcome unavailable() {
    return new PublishOutcome.Refused(
        Problem.of(ErrorCode.UNAVAILABLE, "the log cannot be reached; a retry with an id is safe"));
  }
}
