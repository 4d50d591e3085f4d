package io.carillon.contract;

import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.atOnce;
import static io.carillon.contract.Cases.channel;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every archive has to do. The cases share one archive, which takes the applications 1 and 2;
 * each case has a channel of its own.
 */
public abstract class ArchiveContract {
  /** The applications that the cases use. */
  protected static final List<String> APPS = List.of(Cases.APP.value(), Cases.OTHER_APP.value());

  protected static final long ACCEPTED_MILLIS = 1_795_000_000_123L;

  private final ChannelId channel = channel("room-" + UUID.randomUUID());

  protected ArchiveContract() {}

  protected abstract Archive archive();

  private Publication publication(long epoch, long offset) {
    return new Publication(
        channel, new Position(epoch, offset), Cases.message(epoch + "." + offset), ACCEPTED_MILLIS);
  }

  private List<Publication> appended(long epoch, int count) {
    List<Publication> made =
        IntStream.rangeClosed(1, count).mapToObj(offset -> publication(epoch, offset)).toList();
    List<CompletionStage<Void>> commits = made.stream().map(archive()::append).toList();
    commits.forEach(Cases::answer);
    return made;
  }

  private List<Publication> read(Order order, @Nullable Position from, int limit) {
    return answer(archive().read(new Range(channel, order, from, limit, 0)));
  }

  @Test
  void aPublicationIsReadAsItWas() {
    List<Message> messages =
        List.of(
            new Message("id", "event", Payload.text("text"), Origin.Backend.TO_EVERYONE),
            new Message(
                null,
                "événement \0 \uD83D\uDD14",
                Payload.json(new byte[] {'{', '}'}),
                new Origin.Backend(new ConnectionId(7))),
            new Message(
                "\0",
                "e",
                Payload.binary(new byte[] {0, -1, '\\', '"', '{'}),
                new Origin.Client(new ConnectionId(Long.MAX_VALUE), "user \0")),
            new Message("", "e", Payload.text(""), new Origin.Client(new ConnectionId(0), null)),
            new Message("r", "e", Payload.text(""), new Origin.Client(null, "user")),
            Cases.operation(Edit.Kind.APPEND, "\0", new Position(1, 3), "more"),
            new Message(
                "x",
                "e",
                Payload.text(""),
                Origin.Backend.TO_EVERYONE,
                new Meta(
                    Payload.json("{\"é\":0}".getBytes(UTF_8)),
                    new Edit.Operation(
                        Edit.Kind.UPDATE, "id", new Position(1L << 52, 1), List.of()))));
    List<Publication> publications = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Position position = new Position(1, i + 1);
      publications.add(new Publication(channel, position, messages.get(i), ACCEPTED_MILLIS + i));
    }
    publications.forEach(publication -> answer(archive().append(publication)));

    assertThat(read(Order.OLDEST_FIRST, null, 10)).isEqualTo(publications);
  }

  @Test
  void aCursorContinuesInBothDirectionsAcrossEpochs() {
    List<Publication> all = new ArrayList<>(appended(3, 5));
    all.addAll(appended(1L << 50, 5));

    assertThat(read(Order.OLDEST_FIRST, null, 100)).isEqualTo(all);
    assertThat(read(Order.NEWEST_FIRST, null, 100)).isEqualTo(all.reversed());
    assertThat(read(Order.OLDEST_FIRST, new Position(3, 4), 3)).isEqualTo(all.subList(4, 7));
    assertThat(read(Order.NEWEST_FIRST, new Position(1L << 50, 2), 3))
        .isEqualTo(all.subList(3, 6).reversed());
    assertThat(read(Order.OLDEST_FIRST, new Position(4, 9), 1)).isEqualTo(all.subList(5, 6));
    assertThat(read(Order.NEWEST_FIRST, new Position(4, 9), 1)).isEqualTo(all.subList(4, 5));
    assertThat(read(Order.OLDEST_FIRST, new Position(1L << 50, 5), 9)).isEmpty();
    assertThat(read(Order.NEWEST_FIRST, new Position(3, 1), 9)).isEmpty();
  }

  @Test
  void pagesOfAnySizeHaveEverythingOnceAlsoWhenItCameOutOfOrder() {
    long seed = Cases.seed();
    Random random = new Random(seed);
    List<Publication> all = new ArrayList<>();
    for (int epoch = 1; epoch <= 5; epoch++) {
      for (int offset = 1; offset <= 20 + random.nextInt(40); offset++) {
        long accepted = ACCEPTED_MILLIS + Duration.ofHours(random.nextInt(100)).toMillis();
        all.add(
            new Publication(
                channel, new Position(epoch, offset), Cases.message("m" + offset), accepted));
      }
    }
    List<Publication> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    List<CompletionStage<Void>> commits = shuffled.stream().map(archive()::append).toList();
    commits.forEach(Cases::answer);

    for (int round = 0; round < 5; round++) {
      int limit = 1 + random.nextInt(all.size());
      String at = "seed %d, limit %d".formatted(seed, limit);
      assertThat(pages(Order.OLDEST_FIRST, limit)).as(at).isEqualTo(all);
      assertThat(pages(Order.NEWEST_FIRST, limit)).as(at).isEqualTo(all.reversed());
    }
  }

  private List<Publication> pages(Order order, int limit) {
    List<Publication> seen = new ArrayList<>();
    List<Publication> page = read(order, null, limit);
    while (!page.isEmpty()) {
      seen.addAll(page);
      page = read(order, page.getLast().position(), limit);
    }
    return seen;
  }

  @Test
  void whatWasAcceptedEarlierIsLeftOut() {
    for (int day = 0; day < 4; day++) {
      long accepted = ACCEPTED_MILLIS + Duration.ofDays(day).toMillis();
      Position position = new Position(1, day + 1);
      answer(archive().append(new Publication(channel, position, Cases.message("m"), accepted)));
    }
    long since = ACCEPTED_MILLIS + Duration.ofDays(2).toMillis();

    assertThat(answer(archive().read(new Range(channel, Order.OLDEST_FIRST, null, 9, since))))
        .extracting(found -> found.position().offset())
        .containsExactly(3L, 4L);
    assertThat(answer(archive().read(new Range(channel, Order.NEWEST_FIRST, null, 9, since + 1))))
        .extracting(found -> found.position().offset())
        .containsExactly(4L);
  }

  @Test
  void appendingAgainIsAppendingOnce() {
    Publication publication = publication(1, 1);
    List<Callable<Void>> repeated = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      repeated.add(
          () -> {
            answer(archive().append(publication));
            answer(archive().append(publication));
            return null;
          });
    }
    atOnce(repeated);

    assertThat(read(Order.OLDEST_FIRST, null, 9)).containsExactly(publication);
  }

  @Test
  void manyAtOnceAreAllThereWhenTheyAreAcknowledged() {
    int threads = 4;
    int each = 500;
    List<Callable<Void>> publishers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int epoch = t + 1;
      publishers.add(
          () -> {
            appended(epoch, each);
            return null;
          });
    }
    atOnce(publishers);

    List<Publication> all = read(Order.OLDEST_FIRST, null, threads * each + 1);
    assertThat(all).hasSize(threads * each);
    for (int epoch = 1; epoch <= threads; epoch++) {
      int wanted = epoch;
      assertThat(all)
          .filteredOn(found -> found.position().epoch() == wanted)
          .extracting(found -> found.position().offset())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, each).boxed().toList());
    }
  }

  @Test
  void channelsOfOneNameInTwoAppsAreApart() {
    ChannelId foreign = ChannelId.of(Cases.OTHER_APP, channel.name());
    answer(
        archive()
            .append(
                new Publication(
                    foreign, new Position(1, 1), Cases.message("foreign"), ACCEPTED_MILLIS)));
    List<Publication> own = appended(1, 1);

    assertThat(read(Order.OLDEST_FIRST, null, 9)).isEqualTo(own);
    assertThat(read(Order.NEWEST_FIRST, null, 9)).isEqualTo(own);
  }

  @Test
  void theTopIsTheNewestPosition() {
    assertThat(answer(archive().top(channel))).isEmpty();
    appended(2, 1);
    appended(1, 7);

    assertThat(answer(archive().top(channel))).contains(new Position(2, 1));
  }

  @Test
  void anEpochFloorIsNewAndNotBelowWhatIsArchived() {
    long first = answer(archive().epochFloor());
    appended(first + (1L << 40), 1);
    long second = answer(archive().epochFloor());
    long third = answer(archive().epochFloor());

    assertThat(second).isGreaterThanOrEqualTo(first + (1L << 40));
    assertThat(third).isGreaterThan(second);
  }
}
