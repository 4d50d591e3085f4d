package io.carillon.standalone.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptTurnsTest {
  private final Reads reads = new Reads();
  private final EmbeddedChannel listening = new EmbeddedChannel(reads, new AcceptTurns());

  /** Of another event loop than the listening one. */
  private final EmbeddedChannel accepted = new EmbeddedChannel();

  @AfterEach
  void close() {
    listening.finish();
    accepted.finish();
  }

  @Test
  void aFewConnectionsAreTakenAsTheyCome() {
    assertThat(reads.count).as("asked for from the beginning").isPositive();
    for (int i = 1; i < AcceptTurns.TURN_CONNECTIONS; i++) {
      int before = reads.count;
      accept(1);
      assertThat(reads.count).isEqualTo(before + 1);
    }
  }

  /** 500 clients at a time made the messages of those who were connected wait for 60 ms. */
  @Test
  void manyWaitUntilAnEventLoopWentRound() {
    int before = reads.count;
    accept(AcceptTurns.TURN_CONNECTIONS);
    listening.runPendingTasks();
    assertThat(reads.count).as("no more is accepted").isEqualTo(before);

    goRound();
    assertThat(reads.count).as("once for all of them").isEqualTo(before + 1);

    accept(1);
    assertThat(reads.count).as("the next turn has room").isEqualTo(before + 2);
  }

  @Test
  void aConnectionThatNoEventLoopTookHoldsNobodyUp() {
    EmbeddedChannel refused = new EmbeddedChannel(false, false);
    for (int i = 0; i < 2 * AcceptTurns.TURN_CONNECTIONS; i++) {
      listening.pipeline().fireChannelRead(refused);
    }
    int before = reads.count;
    listening.pipeline().fireChannelReadComplete();
    assertThat(reads.count).isEqualTo(before + 1);
  }

  @Test
  void whereNothingCanBeAcceptedItIsTriedAgainInAWhile() {
    listening.freezeTime();
    int before = reads.count;
    accept(0);
    listening.runPendingTasks();
    assertThat(reads.count).isEqualTo(before);

    listening.advanceTimeBy(100, TimeUnit.MILLISECONDS);
    listening.runPendingTasks();
    assertThat(reads.count).isEqualTo(before + 1);
  }

  private void accept(int connections) {
    for (int i = 0; i < connections; i++) {
      listening.pipeline().fireChannelRead(accepted);
    }
    listening.pipeline().fireChannelReadComplete();
  }

  private void goRound() {
    accepted.runPendingTasks();
    accepted.runScheduledPendingTasks();
    listening.runPendingTasks();
  }

  /** Counts how often more was asked for. */
  private static final class Reads extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext context) {
      count++;
      context.read();
    }
  }
}
