package io.carillon.core.testing;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.local.LocalArchive;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An archive whose commits happen, or fail, when a test says so. For one thread. */
public final class LateArchive implements Archive {
  private final LocalArchive real = new LocalArchive(100_000);
  private final List<Commit> waiting = new ArrayList<>();
  private final List<List<String>> asked = new ArrayList<>();
  private final List<LookUp> lookUps = new ArrayList<>();
  private boolean late;
  private boolean looksUpLate;

  private record LookUp(Runnable action, CompletableFuture<?> answer) {}

  private record Commit(Publication publication, CompletableFuture<Void> answer) {}

  public void setLate(boolean late) {
    this.late = late;
  }

  public int waiting() {
    return waiting.size();
  }

  public void commitAll() {
    for (Commit commit : taken()) {
      real.append(commit.publication()).thenRun(() -> commit.answer().complete(null));
    }
  }

  public void failAll() {
    for (Commit commit : taken()) {
      commit.answer().completeExceptionally(new IllegalStateException("the archive is down"));
    }
  }

  private List<Commit> taken() {
    List<Commit> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  @Override
  public CompletionStage<Void> append(Publication publication) {
    if (!late) {
      return real.append(publication);
    }
    Commit commit = new Commit(publication, new CompletableFuture<>());
    waiting.add(commit);
    return commit.answer();
  }

  @Override
  public CompletionStage<List<Publication>> read(Range range) {
    return real.read(range);
  }

  @Override
  public CompletionStage<List<Publication>> readMessages(Range range) {
    return real.readMessages(range);
  }

  @Override
  public CompletionStage<Optional<Publication>> find(
      ChannelId channel, String id, long sinceMillis) {
    return real.find(channel, id, sinceMillis);
  }

  @Override
  public CompletionStage<Map<String, Position>> positionsOf(
      ChannelId channel, List<String> ids, long sinceMillis) {
    asked.add(List.copyOf(ids));
    CompletableFuture<Map<String, Position>> answer = new CompletableFuture<>();
    Runnable action =
        () ->
            real.positionsOf(channel, ids, sinceMillis).thenAccept(found -> answer.complete(found));
    if (looksUpLate) {
      lookUps.add(new LookUp(action, answer));
    } else {
      action.run();
    }
    return answer;
  }

  /** Looking up ids waits for {@link #answerLookUps}. */
  public void setLooksUpLate(boolean late) {
    looksUpLate = late;
  }

  public void answerLookUps() {
    List<LookUp> all = List.copyOf(lookUps);
    lookUps.clear();
    all.forEach(lookUp -> lookUp.action().run());
  }

  public void failLookUps() {
    List<LookUp> all = List.copyOf(lookUps);
    lookUps.clear();
    all.forEach(
        lookUp ->
            lookUp
                .answer()
                .completeExceptionally(new IllegalStateException("the archive is down")));
  }

  /** The ids of each question so far. */
  public List<List<String>> asked() {
    return List.copyOf(asked);
  }

  @Override
  public CompletionStage<Void> seal(ChannelId channel, long epoch) {
    return real.seal(channel, epoch);
  }

  @Override
  public CompletionStage<Boolean> confirm(ChannelId channel, Position position, long epoch) {
    return real.confirm(channel, position, epoch);
  }

  @Override
  public CompletionStage<List<Publication>> operations(Targets targets) {
    return real.operations(targets);
  }

  @Override
  public CompletionStage<Long> epochFloor() {
    return real.epochFloor();
  }
}
