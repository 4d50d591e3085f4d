package io.carillon.api.http.channels;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Quoted;
import io.carillon.api.http.Stages;
import io.carillon.api.http.channels.ChannelBodies.At;
import io.carillon.api.http.channels.ChannelBodies.Occupied;
import io.carillon.api.http.channels.ChannelBodies.Past;
import io.carillon.api.http.channels.ChannelBodies.Presence;
import io.carillon.api.http.channels.ChannelBodies.Said;
import io.carillon.api.http.channels.ChannelBodies.State;
import io.carillon.api.http.channels.ChannelBodies.Summary;
import io.carillon.core.Node;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Ports;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.history.PastQuery;
import io.carillon.core.history.PastReader;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads from the engine what a backend asks about channels. Thread-safe. */
public final class ChannelReader {
  private final Ports ports;
  private final PastReader past;

  public ChannelReader(Node node) {
    this.ports = node.ports();
    this.past = new PastReader(node.history(), ports, node.directory(), node.ticker());
  }

  /**
   * A page of an application's occupied channels.
   *
   * @param after the name behind which it starts, or empty
   */
  public record ListQuery(AppId app, String prefix, String after, int limit) {}

  public CompletionStage<Occupied> list(ListQuery query) {
    return ports
        .occupancy()
        .occupied(query.app(), query.prefix(), query.after(), query.limit() + 1)
        .thenCompose(found -> listed(found, query.limit()));
  }

  private CompletionStage<Occupied> listed(List<ChannelId> found, int limit) {
    List<ChannelId> page = found.size() > limit ? found.subList(0, limit) : found;
    String next = found.size() > limit ? page.getLast().name().value() : null;
    List<CompletionStage<Summary>> summaries = new ArrayList<>(page.size());
    page.forEach(
        channel ->
            summaries.add(
                ports
                    .occupancy()
                    .subscriptions(channel)
                    .thenApply(count -> new Summary(channel.name().value(), count))));
    return Stages.all(summaries).thenApply(channels -> new Occupied(channels, next));
  }

  public CompletionStage<State> state(ChannelId channel) {
    CompletionStage<Integer> subscriptions = ports.occupancy().subscriptions(channel);
    CompletionStage<Head> head = ports.log().head(channel);
    return members(channel)
        .thenCombine(
            subscriptions.thenCombine(head, Counted::new),
            (members, counted) -> state(channel, members.orNull(), counted));
  }

  private static State state(ChannelId channel, @Nullable Integer members, Counted counted) {
    Head.Latest latest = channel.kind().isCached() ? counted.head().latest() : null;
    return new State(
        channel.name().value(),
        counted.subscriptions() > 0,
        counted.subscriptions(),
        members,
        At.of(counted.head().top()),
        latest == null ? null : Said.of(latest.publication()));
  }

  private CompletionStage<Members> members(ChannelId channel) {
    return channel.kind().isPresence()
        ? ports.presence().roster(channel).thenApply(it -> new Members(it.members().size()))
        : CompletableFuture.completedFuture(new Members(null));
  }

  public CompletionStage<Checked<Presence>> presence(ChannelId channel) {
    String name = channel.name().value();
    return channel.kind().isPresence()
        ? ports
            .presence()
            .roster(channel)
            .thenApply(roster -> Checked.valid(Presence.of(name, roster)))
        : CompletableFuture.completedFuture(
            Checked.refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "members of " + Quoted.of(name) + " (expected: a presence channel)"));
  }

  public CompletionStage<Past> past(PastQuery query) {
    return past.read(query).thenApply(Past::of);
  }

  private record Counted(int subscriptions, Head head) {}

  /** How many are present, where that can be said. */
  private record Members(@Nullable Integer orNull) {}
}
