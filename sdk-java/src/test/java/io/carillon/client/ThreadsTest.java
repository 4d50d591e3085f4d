package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.client.internal.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients with threads of their own: what blocks, what waits for whom, and what is bounded. */
@Timeout(30)
final class ThreadsTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int BUFFER = 10;

  private final Lane lane = new ThreadLane();
  private final FakeServer server = new FakeServer(lane);
  private final Carillon client = client(options -> options.buffer(BUFFER));

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void publishWaitsForItsAnswer() {
    assertThat(client.channel("news").publish("a", 1).position()).isEqualTo(new Position(100, 1));
  }

  @Test
  void aBlockingCallInAListenerDoesNotDeadlock() throws Exception {
    Channel<Object> channel = client.channel("news");
    LinkedBlockingQueue<PublishResult> answers = new LinkedBlockingQueue<>();
    channel.on("question", message -> answers.add(channel.publish("answer", message.data())));
    channel.publish("question", 1);
    channel.publish("question", 2);
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void whatHangsOnAFutureMayBlock() {
    Channel<Object> channel = client.channel("news");
    CompletableFuture<PublishResult> second =
        channel.publishAsync("a", 1).thenApply(first -> channel.publish("b", 2));
    assertThat(second.orTimeout(10, TimeUnit.SECONDS).join().position().offset()).isEqualTo(2);
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    client.connect().join();
    server.mute = true;
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                client.channel("news").publish("a", 1);
              } catch (CarillonException e) {
                outcome.complete(e.kind() + Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    thread.interrupt();
    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("abortedtrue");
    thread.join();
  }

  @Test
  void aSlowListenerMakesItsChannelWaitAndNoOtherAndMissesNothing() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Queue<Object> slow = new ConcurrentLinkedQueue<>();
    CountDownLatch all = new CountDownLatch(100);
    client
        .channel("slow")
        .onMessage(
            message -> {
              awaitQuietly(release);
              slow.add(String.valueOf(message.data()));
              all.countDown();
            })
        .ready()
        .join();
    CountDownLatch fast = new CountDownLatch(100);
    client.channel("fast").onMessage(message -> fast.countDown()).ready().join();

    for (int i = 0; i < 100; i++) {
      client.channel("slow").publish("a", i);
      client.channel("fast").publish("a", i);
    }
    assertThat(fast.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.channel("slow").state()).isEqualTo(new ChannelState.Joining());
    assertThat(client.channel("slow").position()).hasValue(new Position(100, 0));

    release.countDown();

    assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(slow).containsExactlyElementsOf(numbers(100));
  }

  @Test
  void aStreamGivesAllMessagesToAReaderThatIsBehind() {
    Channel<Object> channel = client.channel("news");
    List<Object> seen = new ArrayList<>();
    try (MessageStream<Object> stream = channel.open("a")) {
      stream.ready().join();
      for (int i = 0; i < 50; i++) {
        channel.publish("a", i);
        channel.publish("b", i);
      }
      for (Message<Object> message : stream) {
        seen.add(String.valueOf(message.data()));
        if (seen.size() == 50) {
          break;
        }
      }
    }
    assertThat(seen).containsExactlyElementsOf(numbers(50));
  }

  @Test
  void aStreamEndsWithItsChannelAndFailsWithIt() {
    Channel<Object> channel = client.channel("news");
    MessageStream<Object> left = channel.open();
    left.ready().join();
    assertThat(left.poll(Duration.ofMillis(1))).isEmpty();
    channel.detach();
    assertThat(left.next()).isEmpty();

    lane.execute(() -> server.deny("secret"));
    try (MessageStream<Object> refused = client.channel("secret").open()) {
      assertThatExceptionOfType(CarillonException.class)
          .isThrownBy(refused::next)
          .matches(error -> error.kind().equals("capability-denied"));
    }
  }

  @Test
  void aStreamOfAListenersOwnChannelCanBeReadInTheListener() throws Exception {
    Channel<Object> channel = client.channel("news");
    CompletableFuture<Object> answer = new CompletableFuture<>();
    channel.on(
        "question",
        message -> {
          try (MessageStream<Object> answers = channel.open("answer")) {
            answers.ready().join();
            channel.publish("answer", 42);
            answer.complete(String.valueOf(answers.next().orElseThrow().data()));
          }
        });
    channel.publish("question", 1);
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("42");
  }

  @Test
  void aFlowGivesWhatIsAskedForAndMakesTheChannelWait() throws Exception {
    Channel<Object> channel = client.channel("news");
    Reader reader = new Reader();
    channel.flow("a").subscribe(reader);
    channel.attach().join();
    CompletableFuture<ChannelState> waiting = new CompletableFuture<>();
    channel.onState(
        state -> {
          if (state instanceof ChannelState.Joining) {
            waiting.complete(state);
          }
        });
    for (int i = 0; i < 60; i++) {
      channel.publish("a", i);
    }
    reader.ask(5);
    reader.await(5);
    // what was published is still coming in when the first five are there
    waiting.get(10, TimeUnit.SECONDS);
    reader.ask(55);
    reader.await(60);
    assertThat(reader.seen).containsExactlyElementsOf(numbers(60));
    channel.detach();
    assertThat(reader.done.get(10, TimeUnit.SECONDS)).isEqualTo("complete");
  }

  @Test
  void aListenerThatThrowsDoesNotStopTheOthers() throws Exception {
    Channel<Object> channel = client.channel("news");
    CountDownLatch heard = new CountDownLatch(2);
    channel.onMessage(
        message -> {
          throw new IllegalStateException("of a listener, in a test");
        });
    channel.onMessage(message -> heard.countDown());
    channel.publish("a", 1);
    channel.publish("a", 2);
    assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aBlockingCallOnTheLaneIsRefusedInsteadOfWaitingForEver() throws Exception {
    try (Carillon direct = client(options -> options.listenerExecutor(Runnable::run))) {
      CompletableFuture<Throwable> outcome = new CompletableFuture<>();
      Channel<Object> channel = direct.channel("news");
      channel.on(
          "a",
          message -> {
            try {
              channel.publish("b", 1);
            } catch (IllegalStateException e) {
              outcome.complete(e);
            }
          });
      channel.publish("a", 1);
      assertThat(outcome.get(10, TimeUnit.SECONDS))
          .hasMessageStartingWith("blocking call on the client's own thread (expected: ");
    }
  }

  private Carillon client(Consumer<ClientOptions> more) {
    ClientOptions options = new ClientOptions();
    options.token(request -> "allows everything").publishTimeout(SOON);
    more.accept(options);
    return Carillon.of("http://localhost", options, lane, server::dial);
  }

  private static List<Object> numbers(int count) {
    return new ArrayList<>(LongStream.range(0, count).mapToObj(String::valueOf).toList());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks for what the test says. */
  private static final class Reader implements Flow.Subscriber<Message<Object>> {
    final Queue<Object> seen = new ConcurrentLinkedQueue<>();
    final CompletableFuture<String> done = new CompletableFuture<>();
    final LinkedBlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private int arrived;

    void ask(long n) throws Exception {
      subscription.get(10, TimeUnit.SECONDS).request(n);
    }

    void await(int count) throws Exception {
      for (; arrived < count; arrived++) {
        assertThat(arrivals.poll(10, TimeUnit.SECONDS)).isNotNull();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(Message<Object> message) {
      seen.add(String.valueOf(message.data()));
      arrivals.add("one");
    }

    @Override
    public void onError(Throwable thrown) {
      done.complete(String.valueOf(thrown));
    }

    @Override
    public void onComplete() {
      done.complete("complete");
    }
  }
}
