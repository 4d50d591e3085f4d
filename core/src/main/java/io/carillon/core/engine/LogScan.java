package io.carillon.core.engine;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers what a log has no index for from all that it holds of a channel. Stateless. */
final class LogScan {
  private LogScan() {}

  static CompletionStage<Changes> changes(ChannelLog log, ChannelId channel) {
    return window(log, channel)
        .thenApply(slice -> Changes.of(slice.top(), List.of(), slice.publications()));
  }

  static CompletionStage<Optional<Publication>> find(ChannelLog log, ChannelId channel, String id) {
    return window(log, channel)
        .thenApply(slice -> Changes.find(id, List.of(), slice.publications()));
  }

  static CompletionStage<Optional<Position>> positionOf(
      ChannelLog log, ChannelId channel, String id) {
    return window(log, channel)
        .thenApply(
            slice ->
                slice.publications().stream()
                    .filter(publication -> publication.message().ids().contains(id))
                    .map(Publication::position)
                    .findFirst());
  }

  private static CompletionStage<Slice> window(ChannelLog log, ChannelId channel) {
    return log.head(channel)
        .thenCompose(
            head -> log.read(channel, new Position(head.top().epoch(), 0), HotWindow.MESSAGES_MAX));
  }
}
