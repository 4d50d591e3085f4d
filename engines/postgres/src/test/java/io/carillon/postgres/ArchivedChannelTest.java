package io.carillon.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Ports;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.history.History;
import io.carillon.core.history.HistoryQuery;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.history.Resumption;
import io.carillon.core.history.Resumption.Continuous;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.TenantId;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.publish.Publisher;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Core's use cases with the directory and the archive of this engine. */
class ArchivedChannelTest {
  private static final ChannelName ROOM = ChannelName.of("room");

  /** An hour ahead, so that the rules are old when the first message comes. */
  private static final Ticker LATER =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long epochMillis() {
          return System.currentTimeMillis() + Duration.ofHours(1).toMillis();
        }
      };

  @Test
  void aPositionOfAnEarlierProcessResumesWithoutAGap() throws Exception {
    try (TestPostgres database = TestPostgres.database();
        EngineUnderTest engine = EngineUnderTest.on(database)) {
      App app = archivedApp(engine);
      ChannelId channel = ChannelId.of(app.id(), ROOM);
      List<Position> published = new ArrayList<>(publish(app, node(engine), 30));
      Ports second = node(engine);
      published.addAll(publish(app, second, 20));

      History history = new History(second, engine.directory, LATER);
      Resumption resumption = answer(history.after(channel, published.get(9), 100));
      assertThat(resumption)
          .isInstanceOfSatisfying(
              Continuous.class,
              all ->
                  assertThat(all.publications())
                      .extracting(Publication::position)
                      .isEqualTo(published.subList(10, 50)));
      HistoryQuery newest = new HistoryQuery(channel, Direction.BACKWARD, null, 45);
      assertThat(answer(history.read(newest)).publications())
          .extracting(Publication::position)
          .isEqualTo(published.subList(5, 50).reversed());
    }
  }

  /** Clause 5.3: the log of the process that published it is gone. */
  @Test
  void aRetryAfterARestartIsAnsweredWithTheFirstPosition() throws Exception {
    try (TestPostgres database = TestPostgres.database();
        EngineUnderTest engine = EngineUnderTest.on(database)) {
      App app = archivedApp(engine);
      Published first = publish(app, node(engine), "id");
      Ports second = node(engine);

      assertThat(publish(app, second, "id")).isEqualTo(new Published(first.position(), true));
      assertThat(publish(app, second, "id")).isEqualTo(new Published(first.position(), true));
      Published other = publish(app, second, "other");

      assertThat(other.duplicate()).isFalse();
      History history = new History(second, engine.directory, LATER);
      HistoryQuery all = new HistoryQuery(ChannelId.of(app.id(), ROOM), Direction.FORWARD, null, 9);
      assertThat(answer(history.read(all)).publications())
          .extracting(Publication::position)
          .containsExactly(first.position(), other.position());
    }
  }

  private static Published publish(App app, Ports ports, String id) throws Exception {
    Message message = new Message(id, "e", Payload.text("m"), Origin.Backend.TO_EVERYONE);
    Publisher publisher = new Publisher(ports.log(), ports.archive(), LATER);
    return (Published) answer(publisher.publish(new PublishCommand(app, ROOM, message)));
  }

  private static App archivedApp(EngineUnderTest engine) throws InterruptedException {
    TenantId tenant = engine.admin.createTenant("Notre-Dame");
    AppId app = engine.admin.createApp(tenant, "carillon");
    engine.admin.replaceRules(
        tenant, app, List.of(new ChannelRule(new ChannelPattern("room"), null, null, null, 1)));
    CountDownLatch seen = new CountDownLatch(1);
    engine.directory.onChange(
        changed -> {
          if (hasRules(engine, app)) {
            seen.countDown();
          }
        });
    assertThat(hasRules(engine, app) || seen.await(5, TimeUnit.SECONDS)).isTrue();
    return Objects.requireNonNull(engine.directory.app(app));
  }

  private static boolean hasRules(EngineUnderTest engine, AppId app) {
    App found = engine.directory.app(app);
    return found != null && !found.rules().isEmpty();
  }

  /** A new process: nothing is in its log. */
  private static Ports node(EngineUnderTest engine) throws Exception {
    return new LocalEngine(LATER, 1 << 20, answer(engine.archive.epochFloor()))
        .ports()
        .withArchive(engine.archive);
  }

  private static List<Position> publish(App app, Ports ports, int count) throws Exception {
    Publisher publisher = new Publisher(ports.log(), ports.archive(), LATER);
    List<CompletionStage<PublishOutcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Message message = new Message(null, "e", Payload.text("m"), Origin.Backend.TO_EVERYONE);
      outcomes.add(publisher.publish(new PublishCommand(app, ROOM, message)));
    }
    List<Position> positions = new ArrayList<>();
    for (CompletionStage<PublishOutcome> outcome : outcomes) {
      positions.add(((Published) answer(outcome)).position());
    }
    return positions;
  }

  private static <T> T answer(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
