package io.carillon.redis;

import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.append;
import static io.carillon.redis.Cases.await;
import static io.carillon.redis.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.contract.ChannelLogContract;
import io.carillon.contract.EngineFixture;
import io.carillon.contract.MovementsContract;
import io.carillon.contract.OccupancyContract;
import io.carillon.contract.PresenceStoreContract;
import io.carillon.contract.RetentionContract;
import io.carillon.contract.SignalBusContract;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The suites again, on a cluster of three masters, and what only a cluster does. */
class RedisClusterTest {
  private static final RedisCluster CLUSTER = RedisCluster.start();

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  private static EngineFixture fixture() {
    return new RedisFixture(CLUSTER.address(), CLUSTER::cut);
  }

  @Nested
  class Log extends ChannelLogContract {
    @Override
    protected EngineFixture openEngine() {
      return fixture();
    }
  }

  @Nested
  class Retained extends RetentionContract {
    @Override
    protected EngineFixture openEngine() {
      return fixture();
    }
  }

  @Nested
  class Moved extends MovementsContract {
    @Override
    protected EngineFixture openEngine() {
      return fixture();
    }
  }

  @Nested
  class Counts extends OccupancyContract {
    @Override
    protected EngineFixture openEngine() {
      return fixture();
    }
  }

  @Nested
  class Presence extends PresenceStoreContract {
    @Override
    protected EngineFixture openEngine() {
      return fixture();
    }
  }

  @Nested
  class Signals extends SignalBusContract {
    @Override
    protected EngineFixture openEngine() {
      return fixture();
    }
  }

  @Test
  void aChannelWhoseSlotMovesGoesOnElsewhere() {
    RedisAddress address = CLUSTER.address();
    ChannelId moving = channel("moving");
    try (RedisEngine engine = RedisEngine.start(address, 0)) {
      ChannelLog log = engine.ports().log();
      List<Publication> told = new CopyOnWriteArrayList<>();
      log.listen(told::add);
      answer(log.join(moving));
      Position before = append(log, moving, "before");

      CLUSTER.move(new Names(address.prefix()).feed(moving).slot());
      Position after = append(log, moving, "after");

      // another server may have lost something, so the epoch is another
      assertThat(after.isAfter(before)).isTrue();
      await(
          "publication from the new home",
          () -> {
            Position next = append(log, moving, "again");
            return told.stream().anyMatch(publication -> publication.position().equals(next));
          });
    }
  }
}
