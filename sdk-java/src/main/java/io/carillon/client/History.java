package io.carillon.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a channel's past by clauses 6.1 and 6.2. Immutable. */
final class History<T> {
  private static final long ANSWER_MILLIS_MAX = 15_000;

  private final ChannelCore channel;
  private final DataForm<T> form;
  private final HistoryOptions options = new HistoryOptions();

  History(ChannelCore channel, DataForm<T> form, Consumer<? super HistoryOptions> chosen) {
    this.channel = channel;
    this.form = form;
    chosen.accept(options);
  }

  Core core() {
    return channel.core();
  }

  CompletableFuture<HistoryPage<T>> first() {
    if (options.untilAttach) {
      channel.hold();
      return channel
          .joined()
          .thenCompose(start -> page(new Position(start.epoch(), start.offset() + 1)));
    }
    Position after = options.after;
    return page(after == null ? options.before : after);
  }

  CompletableFuture<HistoryPage<T>> page(@Nullable Position from) {
    FrameText frame = FrameText.of("hist").with("ch", channel.name()).with("limit", options.limit);
    if (from != null) {
      frame.with(options.after == null ? "before" : "after", from);
    }
    return core()
        .requests()
        .ask(frame, ANSWER_MILLIS_MAX)
        .thenApplyAsync(this::read, core().settings().worker);
  }

  private HistoryPage<T> read(Frame reply) {
    long epoch = reply.number("e", 0);
    List<Message<T>> items =
        reply.objects("m").stream()
            .map(item -> Message.of(item, epoch))
            .map(message -> message.<T>with(form.read(message.data())))
            .toList();
    return new HistoryPage<>(this, items, reply.flag("more"));
  }
}
