package io.carillon.client;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes by clauses 5.1 and 5.2. Immutable, so any thread may use it. */
final class Publisher {
  private final Core core;

  Publisher(Core core) {
    this.core = core;
  }

  /** The future is completed on the lane. */
  CompletableFuture<PublishResult> publish(
      String channel, String name, @Nullable Object data, PublishOptions options) {
    String given = options.id;
    String id = given == null ? UUID.randomUUID().toString() : given;
    String message =
        FrameText.object("n", name)
            .withData(data)
            .with("id", id)
            .withIf("x", options.extras)
            .text();
    return send(channel, message, id, options.timeoutMillis);
  }

  /** Clause 12.1; a {@code delete} has no data. */
  CompletableFuture<PublishResult> change(
      String channel, Message.Change change, @Nullable Object data) {
    String id = UUID.randomUUID().toString();
    FrameText item =
        FrameText.object("op", change.operation()).with("ref", change.ref()).with("id", id);
    String text = change.operation().equals("delete") ? item.text() : item.withData(data).text();
    return send(channel, text, id, core.settings().publishMillis);
  }

  private CompletableFuture<PublishResult> send(
      String channel, String message, String id, long timeoutMillis) {
    FrameText frame = FrameText.of("pub").with("ch", channel).withJson("m", "[" + message + "]");
    CompletableFuture<Frame> answer = core.requests().ask(frame, timeoutMillis);
    CompletableFuture<PublishResult> result = answer.thenApply(reply -> result(id, reply));
    result.whenComplete(
        (done, thrown) -> {
          if (thrown != null && !answer.isDone()) {
            core.requests().abandon(answer);
          }
        });
    return result;
  }

  private PublishResult result(String id, Frame reply) {
    List<Frame> results = reply.objects("r");
    if (results.isEmpty()) {
      throw CarillonException.of(ClientError.PROTOCOL, "no result");
    }
    Frame result = results.get(0);
    if (result.has("kind")) {
      throw core.problem(result);
    }
    return new PublishResult(id, result.position(), result.flag("dup"));
  }
}
