package io.carillon.redis;

import static io.carillon.redis.Cases.KEEP;
import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.append;
import static io.carillon.redis.Cases.await;
import static io.carillon.redis.Cases.channel;
import static io.carillon.redis.Cases.failure;
import static io.carillon.redis.Cases.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.AppendOutcome.Duplicate;
import io.carillon.core.engine.AppendOutcome.Young;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.redis.Dialect.Bus;
import io.carillon.redis.Dialect.Skew;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ClientKillParams;

/** What happens when Redis or the way to it fails. Each case has a server of its own. */
class RedisFaultTest {
  private static final ChannelId CHANNEL = channel("news");

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Set<Long> told = new TreeSet<>();
  private final AtomicInteger doubts = new AtomicInteger();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
  }

  @Test
  void whatIsPublishedWhileTheFeedIsCutIsReadAfterTheDoubt() {
    RedisProcess server = server();
    ChannelLog log = engine(server).ports().log();
    listen(log);
    Position start = answer(log.join(CHANNEL)).top();
    int messages = 3_000;
    for (int i = 1; i <= messages; i++) {
      append(log, CHANNEL, "m" + i);
      if (i % 1_000 == 500) {
        int before = doubts.get();
        cut(server);
        append(log, CHANNEL, "while it is cut");
        await("doubt", () -> doubts.get() > before);
        Slice missed = answer(log.read(CHANNEL, start, 10_000));
        assertThat(missed.complete()).isTrue();
        missed.publications().forEach(this::tell);
      }
    }
    long top = answer(log.head(CHANNEL)).top().offset();
    await("last message", () -> hasTold(top));

    assertThat(top).isEqualTo(messages + 3);
    assertThat(all()).containsExactlyElementsOf(LongStream.rangeClosed(1, top).boxed().toList());
  }

  /**
   * A node once stayed without an answer for ever: closing the connection that had broken in the
   * middle of a write threw, and that ended the thread that connects again.
   */
  @Test
  void aConnectionThatBrokeInAWriteIsClosedWithoutAWord() {
    RedisProcess server = server();
    try (SingleMaster master = new SingleMaster(server.address(""))) {
      Wire wire = master.connect(master.homeOf(0));
      try (Jedis client = server.client()) {
        client.clientKill(new ClientKillParams().type(ClientType.NORMAL));
      }
      assertThatThrownBy(
              () -> {
                while (true) {
                  wire.sendCommand(Command.PING);
                  wire.push();
                }
              })
          .isInstanceOf(JedisException.class);

      wire.close();
      assertThat(wire.isConnected()).isFalse();
    }
  }

  @Test
  void aBugInOneBatchLeavesThePipeAtWork() {
    Request.Call call =
        new Request.Call(
            Script.LEASE, 0, List.of(), new Request.Arguments(List.of(), List.of()), null, true);
    try (BreakingTwice breaking = new BreakingTwice();
        Pipes pipes =
            new Pipes(
                breaking, new Exchange(new Epochs(0), new Dialect(Bus.CLASSIC, Skew.NONE), 0))) {
      assertThat(failure(pipes.ask(call))).hasMessageContaining("bug 1");
      assertThat(failure(pipes.ask(call))).hasMessageContaining("bug 2");
    }
  }

  /** Fails in a way that nobody expects. */
  private static final class BreakingTwice implements Topology {
    private final AtomicInteger connects = new AtomicInteger();

    @Override
    public Home homeOf(int slot) {
      return new Home("nowhere");
    }

    @Override
    public Home homeAt(HostAndPort server) {
      return homeOf(0);
    }

    @Override
    public Wire connect(Home home) {
      throw new IllegalStateException("bug " + connects.incrementAndGet());
    }

    @Override
    public void refresh() {}

    @Override
    public void close() {}
  }

  @Test
  void anAppendToAHangingServerSaysWithinFiveSecondsThatItIsUncertain() throws Exception {
    RedisProcess server = server();
    ChannelLog log = engine(server).ports().log();
    append(log, CHANNEL, "before");
    server.pause();

    CompletionStage<AppendOutcome> withId = log.append(CHANNEL, message("id", "m"), KEEP);
    CompletionStage<AppendOutcome> without = log.append(CHANNEL, message(null, "m"), KEEP);

    assertThat(failure(withId))
        .isInstanceOfSatisfying(
            RedisUnavailableException.class, e -> assertThat(e.isUncertain()).isTrue());
    assertThat(failure(without)).isInstanceOf(RedisUnavailableException.class);
    server.resume();
    Position first = answer(retried(log, "id")).position();
    assertThat(answer(log.append(CHANNEL, message("id", "m"), KEEP)))
        .isEqualTo(new Duplicate(first));
  }

  @Test
  void anAppendToADeadServerSaysThatNothingWasWritten() {
    RedisProcess server = server();
    ChannelLog log = engine(server).ports().log();
    append(log, CHANNEL, "before");
    server.kill();
    failure(log.append(CHANNEL, message(null, "on the way"), KEEP));

    assertThat(failure(log.append(CHANNEL, message(null, "m"), KEEP)))
        .isInstanceOfSatisfying(
            RedisUnavailableException.class, e -> assertThat(e.isUncertain()).isFalse());
    assertThat(failure(log.join(channel("other")))).isNotNull();
  }

  @Test
  void aRestartThatMayHaveLostSomethingBeginsAHigherEpoch() throws Exception {
    RedisProcess server = server("--appendonly", "yes");
    ChannelLog log = engine(server).ports().log();
    listen(log);
    answer(log.join(CHANNEL));
    Position before = append(log, CHANNEL, "before");

    server.kill();
    server.startAgain();
    await("doubt", () -> doubts.get() > 0);
    Position after = answer(retried(log, "after")).position();

    assertThat(after.epoch()).isGreaterThan(before.epoch());
    assertThat(after.offset()).isEqualTo(1);
    assertThat(answer(log.read(CHANNEL, before, 10)).complete()).isFalse();
  }

  @Test
  void aServerThatWritesThroughGoesOnAfterARestart() throws Exception {
    RedisProcess server = server("--appendonly", "yes", "--appendfsync", "always");
    ChannelLog log = engine(server).ports().log();
    Position before = answer(log.append(CHANNEL, message("id", "before"), KEEP)).position();

    server.kill();
    server.startAgain();
    AppendOutcome again = answer(retried(log, "id"));
    Position after = append(log, CHANNEL, "after");

    assertThat(again).isEqualTo(new Duplicate(before));
    assertThat(after).isEqualTo(new Position(before.epoch(), before.offset() + 1));
    assertThat(answer(log.read(CHANNEL, before, 10)).complete()).isTrue();
  }

  /** Found by the fault suite: a retry on an archived channel was refused until the id expired. */
  @Test
  void anIdThatSurvivedItsEpochCanBeLetGoOf() throws Exception {
    RedisProcess server = server("--appendonly", "yes");
    ChannelLog log = engine(server).ports().log();
    Position before = answer(log.append(CHANNEL, message("id", "m"), KEEP)).position();
    server.kill();
    server.startAgain();
    assertThat(answer(retried(log, "id"))).isEqualTo(new Duplicate(before));

    answer(log.forget(CHANNEL, List.of("id", "unknown")));
    Position after = answer(log.append(CHANNEL, message("id", "m"), KEEP)).position();
    answer(log.forget(CHANNEL, List.of("id")));

    assertThat(after.epoch()).isGreaterThan(before.epoch());
    assertThat(answer(log.append(CHANNEL, message("id", "m"), KEEP)))
        .isEqualTo(new Duplicate(after));
  }

  @Test
  void anEmptiedServerBeginsAHigherEpochEachTime() {
    RedisProcess server = server();
    ChannelLog log = engine(server).ports().log();
    long epoch = append(log, CHANNEL, "before").epoch();
    for (int i = 0; i < 20; i++) {
      flush(server);
      long next = append(log, CHANNEL, "after").epoch();
      assertThat(next).isGreaterThan(epoch);
      epoch = next;
    }
  }

  /** Clause 5.3: what it knew of ids is gone, and it says so before it takes anything. */
  @Test
  void anEmptiedServerTakesWhatIsArchivedOnlyForAnEpochThatIsKnown() {
    RedisProcess server = server();
    ChannelLog log = engine(server).ports().log();
    long before = append(log, CHANNEL, "before").epoch();
    flush(server);

    AppendOutcome refused =
        answer(log.appendUnlessYoung(CHANNEL, message("id", "m"), KEEP, before));
    long begun = refused.position().epoch();
    AppendOutcome taken = answer(log.appendUnlessYoung(CHANNEL, message("id", "m"), KEEP, begun));

    assertThat(refused).isInstanceOf(Young.class);
    assertThat(begun).isGreaterThan(before);
    assertThat(taken.position()).isEqualTo(new Position(begun, 1));
  }

  @Test
  void anEpochIsGreaterThanTheFloorWhateverTheClockSays() {
    RedisProcess server = server();
    long floor = System.currentTimeMillis() + 1_000_000_000L;
    RedisEngine engine = RedisEngine.start(server.address("t"), floor);
    open.add(engine);

    assertThat(append(engine.ports().log(), CHANNEL, "m").epoch()).isEqualTo(floor + 1);
    flush(server);
    assertThat(append(engine.ports().log(), CHANNEL, "m").epoch()).isEqualTo(floor + 2);
  }

  @Test
  void scriptsThatAreGoneAreLoadedAgain() {
    RedisProcess server = server();
    ChannelLog log = engine(server).ports().log();
    Position before = append(log, CHANNEL, "before");
    try (Jedis client = server.client()) {
      client.scriptFlush();
    }

    assertThat(append(log, CHANNEL, "after").offset()).isEqualTo(before.offset() + 1);
  }

  @Test
  void aFullServerRefusesClearlyAndGoesOnWhenThereIsRoom() {
    RedisProcess server = server();
    ChannelLog log = engine(server).ports().log();
    append(log, CHANNEL, "before");
    try (Jedis client = server.client()) {
      client.configSet("maxmemory", "1");
      assertThat(failure(log.append(CHANNEL, message(null, "m"), KEEP)))
          .hasMessageContaining("OOM")
          .isInstanceOfSatisfying(
              RedisUnavailableException.class, e -> assertThat(e.isUncertain()).isFalse());
      client.configSet("maxmemory", "0");
    }

    assertThat(append(log, CHANNEL, "after").offset()).isEqualTo(2);
  }

  /** Again until there is an answer, as a client would. */
  private static CompletionStage<AppendOutcome> retried(ChannelLog log, String id) {
    return log.append(CHANNEL, message(id, "m"), KEEP)
        .exceptionallyCompose(failure -> retried(log, id));
  }

  private RedisProcess server(String... options) {
    RedisProcess server = RedisProcess.start(options);
    open.add(server);
    return server;
  }

  private RedisEngine engine(RedisProcess server) {
    RedisEngine engine = RedisEngine.start(server.address("t"), 0);
    open.add(engine);
    return engine;
  }

  private static void cut(RedisProcess server) {
    try (Jedis client = server.client()) {
      client.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
    }
  }

  private static void flush(RedisProcess server) {
    try (Jedis client = server.client()) {
      client.flushAll();
    }
  }

  private void listen(ChannelLog log) {
    log.listen(
        new ChannelLog.Listener() {
          @Override
          public void published(Publication publication) {
            tell(publication);
          }

          @Override
          public void doubted() {
            doubts.incrementAndGet();
          }
        });
  }

  private synchronized void tell(Publication publication) {
    told.add(publication.position().offset());
  }

  private synchronized boolean hasTold(long offset) {
    return told.contains(offset);
  }

  private synchronized List<Long> all() {
    return List.copyOf(told);
  }
}
