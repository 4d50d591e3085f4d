package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.local.LocalArchive;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import org.junit.jupiter.api.Test;

final class LocalArchiveTest extends ArchiveContract {
  private final Archive archive = new LocalArchive(10_000);

  @Override
  protected Archive archive() {
    return archive;
  }

  @Test
  void beyondItsBoundItTakesNothing() {
    Archive small = new LocalArchive(1);
    Publication first =
        new Publication(Cases.channel("a"), new Position(1, 1), Cases.message("m"), 1);
    Publication second =
        new Publication(Cases.channel("a"), new Position(1, 2), Cases.message("m"), 1);

    assertThat(small.append(first).toCompletableFuture()).isCompleted();
    assertThat(small.append(second).toCompletableFuture()).isCompletedExceptionally();
  }
}
