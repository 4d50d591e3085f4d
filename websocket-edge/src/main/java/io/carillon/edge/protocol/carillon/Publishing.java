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
    ChannelName name = dialect.nameOf(voice, pub, pub.channel());
    if (name == null) {
      return;
    }
    boolean plain = pub.items().stream().anyMatch(item -> item.meta().edit() == null);
    Problem refusal = plain ? session.refusal(Operation.PUBLISH, name) : null;
    if (refusal != null) {
      dialect.refuse(voice, pub, pub.channel(), refusal);
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
                            voice.say(
                                dialect
                                    .frames()
                                    .published(
                                        pub.i(),
                                        results.stream().map(CompletableFuture::join).toList()))));
  }

  /** It may be in the log or not: with an id a retry is safe. */
  private static PublishOutcome unavailable() {
    return new PublishOutcome.Refused(
        Problem.of(ErrorCode.UNAVAILABLE, "the log cannot be reached; a retry with an id is safe"));
  }
}
