package io.carillon.redis;

import io.carillon.core.engine.AppendCounts;
import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.UsageKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The log in Redis; every append is one step of a script there. Thread-safe. */
final class RedisLog implements ChannelLog {
  private static final int ITEM_SIZE = 8;
  private static final byte[] ANY_AGE = {};
  private static final int DUPLICATE = 0;
  private static final int APPENDED = 1;

  private final RedisBus bus;
  private final Epochs epochs;
  private final @Nullable RedisCounts counts;
  private volatile Listener listener = publication -> {};

  RedisLog(RedisBus bus, Epochs epochs, @Nullable RedisCounts counts) {
    this.bus = bus;
    this.counts = counts;
    this.epochs = epochs;
    bus.on(RedisBus.Kind.PUBLICATION, this::told);
  }

  @Override
  public void listen(Listener told) {
    this.listener = told;
    bus.feeds().onDoubt(told::doubted);
  }

  @Override
  public CompletionStage<AppendOutcome> append(
      ChannelId channel, Message message, Retention retention) {
    return append(channel, message, retention, ANY_AGE);
  }

  @Override
  public CompletionStage<AppendOutcome> appendUnlessYoung(
      ChannelId channel, Message message, Retention retention, long epoch) {
    return append(channel, message, retention, Names.bytes(epoch));
  }

  @Override
  public Optional<AppendCounts> counts() {
    return Optional.ofNullable(counts);
  }

  private List<byte[]> keysToAppend(ChannelId channel) {
    List<byte[]> keys = bus.names().log(channel);
    if (counts == null) {
      return keys;
    }
    List<byte[]> more = new ArrayList<>(keys.size() + 1);
    more.addAll(keys);
    more.add(counts.key());
    return more;
  }

  /**
   * @param known the epoch that may be young
   */
  private CompletionStage<AppendOutcome> append(
      ChannelId channel, Message message, Retention retention, byte[] known) {
    List<byte[]> keys = keysToAppend(channel);
    List<String> ids = message.ids();
    List<byte[]> item = new ArrayList<>(ITEM_SIZE + ids.size());
    item.add(Names.bytes(retention.messages()));
    item.add(Names.bytes(Math.max(1, retention.age().toMillis())));
    item.add(Names.bytes(retention.latest() ? 1 : 0));
    item.add(known);
    item.add(MessageCodec.encode(message));
    item.add(RedisCounts.account(UsageKey.of(channel.app(), retention.account())));
    item.add(Names.bytes(message.size()));
    item.add(Names.bytes(ids.size()));
    ids.forEach(id -> item.add(Names.bytes(id)));
    Request.Arguments arguments =
        new Request.Arguments(List.of(bus.names().feed(channel).bytes()), item);
    return bus.write(
            new Request.Call(
                Script.APPEND, Names.slotOf(keys), keys, arguments, channel, !ids.isEmpty()))
        .thenApply(this::outcome);
  }

  private AppendOutcome outcome(Object reply) {
    Position position = new Position(Replies.number(reply, 1), Replies.number(reply, 2));
    epochs.saw(position.epoch());
    return switch ((int) Replies.number(reply, 0)) {
      case DUPLICATE -> new AppendOutcome.Duplicate(position);
      case APPENDED -> new AppendOutcome.Appended(position, Replies.number(reply, 3));
      default -> new AppendOutcome.Young(position, Duration.ofMillis(Replies.number(reply, 3)));
    };
  }

  @Override
  public CompletionStage<Slice> read(ChannelId channel, Position after, int limit) {
    List<byte[]> keys = bus.names().log(channel);
    String behind = Math.max(0, after.epoch()) + "-" + after.offset();
    Request.Arguments arguments =
        new Request.Arguments(List.of(Names.bytes(behind), Names.bytes(limit)), List.of());
    return bus.read(new Request.Call(Script.READ, Names.slotOf(keys), keys, arguments, null, true))
        .thenApply(reply -> slice(channel, after, reply));
  }

  private Slice slice(ChannelId channel, Position after, Object reply) {
    Position top = top(reply);
    String first = Names.text(Replies.bytes(reply, 2));
    Position beforeFirst = top;
    if (!first.isEmpty()) {
      int dash = first.indexOf('-');
      beforeFirst =
          new Position(
              Long.parseLong(first, 0, dash, 10),
              Long.parseLong(first, dash + 1, first.length(), 10) - 1);
    }
    boolean complete =
        after.epoch() == top.epoch()
            && after.offset() <= top.offset()
            && !beforeFirst.isAfter(after);
    List<Publication> publications =
        Replies.list(reply, 3).stream()
            .map(frame -> MessageCodec.publication(channel, ByteBuffer.wrap((byte[]) frame)))
            .toList();
    return new Slice(top, complete, publications);
  }

  private Position top(Object reply) {
    Position top = new Position(Replies.number(reply, 0), Replies.number(reply, 1));
    epochs.saw(top.epoch());
    return top;
  }

  @Override
  public CompletionStage<Void> forget(ChannelId channel, List<String> ids) {
    List<byte[]> keys = bus.names().log(channel);
    Request.Arguments arguments =
        new Request.Arguments(ids.stream().map(id -> Names.bytes(id)).toList(), List.of());
    return bus.write(
            new Request.Call(Script.FORGET, Names.slotOf(keys), keys, arguments, null, true))
        .thenApply(reply -> null);
  }

  @Override
  public CompletionStage<Head> head(ChannelId channel) {
    List<byte[]> keys = bus.names().log(channel);
    Request.Arguments none = new Request.Arguments(List.of(), List.of());
    return bus.read(new Request.Call(Script.HEAD, Names.slotOf(keys), keys, none, null, true))
        .thenApply(
            reply -> {
              byte[] frame = Replies.bytes(reply, 2);
              return new Head(
                  top(reply),
                  frame.length == 0
                      ? null
                      : new Head.Latest(
                          MessageCodec.publication(channel, ByteBuffer.wrap(frame)),
                          Duration.ofMillis(Replies.number(reply, 3))));
            });
  }

  /** The head is asked for when the feed is heard, so nothing can fall between. */
  @Override
  public CompletionStage<Head> join(ChannelId channel) {
    return bus.join(channel).thenCompose(heard -> head(channel));
  }

  private void told(ChannelId channel, ByteBuffer frame) {
    Publication publication = MessageCodec.publication(channel, frame);
    epochs.saw(publication.position().epoch());
    listener.published(publication);
  }

  @Override
  public void leave(ChannelId channel) {
    bus.leave(channel);
  }
}
