package io.carillon.redis;

import io.carillon.core.engine.Inquiries;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to all nodes by Redis' pub/sub: each node hears the questions of all, and the answers
 * to its own. Nothing is kept in Redis. This node answers itself without it. Thread-safe.
 */
final class RedisInquiries implements Inquiries {
  private static final Logger LOG = LoggerFactory.getLogger(RedisInquiries.class);

  /** Questions that wait for answers; further ones are asked of this node alone. */
  private static final int WAITING_MAX = 1_000;

  private final RedisBus bus;
  private final String self;
  private final IntSupplier nodes;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentHashMap<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable Answerer answerer;

  /**
   * @param self under which answers come to this node
   * @param nodes how many there are, this one too
   */
  RedisInquiries(RedisBus bus, String self, IntSupplier nodes) {
    this.bus = bus;
    this.self = self;
    this.nodes = nodes;
  }

  /** Hears questions and answers from now on. */
  CompletionStage<Void> join() {
    return CompletableFuture.allOf(
        bus.feeds().join(bus.names().questions(), this::asked),
        bus.feeds().join(bus.names().answers(self), this::answered));
  }

  @Override
  public void answerBy(Answerer one) {
    answerer = one;
  }

  @Override
  public CompletionStage<Collected> ask(Question question, Duration patience) {
    long number = numbers.incrementAndGet();
    Waiting asked = new Waiting(nodes.getAsInt());
    if (asked.nodes > 1 && waiting.size() < WAITING_MAX) {
      waiting.put(number, asked);
      tell(bus.names().questions(), InquiryCodec.encode(self, number, question));
    }
    answer(question)
        .whenComplete(
            (own, failure) -> {
              if (own != null) {
                asked.add(own);
              }
            });
    return asked
        .whole
        .copy()
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            done -> {
              waiting.remove(number);
              return asked.collected();
            });
  }

  private CompletionStage<Answer> answer(Question question) {
    Answerer known = answerer;
    return known == null
        ? CompletableFuture.failedFuture(new IllegalStateException("nobody answers yet"))
        : known.answer(question);
  }

  private void asked(byte[] message) {
    InquiryCodec.Asked asked = InquiryCodec.question(ByteBuffer.wrap(message));
    Question question = asked.question();
    if (question == null || asked.asker().equals(self)) {
      return;
    }
    answer(question)
        .whenComplete(
            (answer, failure) -> {
              if (answer == null) {
                LOG.warn("a question is not answered: {}", question, failure);
              } else {
                Names.Channel back = bus.names().answers(asked.asker());
                tell(back, InquiryCodec.encode(asked.number(), answer));
              }
            });
  }

  private void answered(byte[] message) {
    InquiryCodec.Answered answered = InquiryCodec.answer(ByteBuffer.wrap(message));
    Waiting asked = waiting.get(answered.number());
    Answer answer = answered.answer();
    if (asked != null && answer != null) {
      asked.add(answer);
    }
  }

  /** Sent once and not again: who asks does not wait for long. */
  private void tell(Names.Channel channel, byte[] message) {
    List<byte[]> keys = List.of(bus.names().ofAll("inquiries"));
    bus.write(
        new Request.Call(
            Script.TELL,
            Names.slotOf(keys),
            keys,
            new Request.Arguments(List.of(channel.bytes(), message), List.of()),
            null,
            false));
  }

  /** A question that waits; the answers are guarded by this. */
  private static final class Waiting {
    private final int nodes;
    private final List<Answer> answers = new ArrayList<>();
    private final CompletableFuture<Void> whole = new CompletableFuture<>();

    Waiting(int nodes) {
      this.nodes = nodes;
    }

    void add(Answer answer) {
      boolean all;
      synchronized (this) {
        answers.add(answer);
        all = answers.size() >= nodes;
      }
      if (all) {
        whole.complete(null);
      }
    }

    synchronized Collected collected() {
      return new Collected(nodes, answers);
    }
  }
}
