package io.carillon.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.client.Carillon;
import io.carillon.client.CarillonException;
import io.carillon.client.PublishResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the developer of an application tests it: no threads, no waiting, no sockets. */
@Timeout(20)
final class ChatTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final TestServer server = new TestServer();
  private final Chat chat = chat("token of ann");

  private Chat chat(String token) {
    return new Chat(
        Carillon.of("https://rt.example.com", o -> server.options(o.token(request -> token))),
        "room");
  }

  private void someoneSays(String text) {
    server.publish("room", "message", Map.of("text", text));
  }

  @Test
  void showsWhatIsSaid() {
    someoneSays("hi");
    PublishResult result = chat.say("hello");
    assertThat(chat.lines()).containsExactly("hi", "hello");
    assertThat(result.position()).isEqualTo(server.messages("room").get(1).position());
  }

  @Test
  void showsWhatWasSaidDuringADrop() {
    // #region drop
    someoneSays("before");
    server.drop();
    someoneSays("meanwhile");
    assertThat(chat.status()).isEqualTo("Waiting");
    assertThat(chat.lines()).containsExactly("before");

    server.advance(SOON);

    assertThat(chat.lines()).containsExactly("before", "meanwhile");
    assertThat(chat.status()).isEqualTo("Connected");
    // #endregion drop
  }

  @Test
  void saysItOnceThoughTheAcknowledgementIsLost() {
    server.loseAck();
    PublishResult result = chat.say("hello");
    assertThat(result.duplicate()).isTrue();
    assertThat(server.messages("room")).hasSize(1);
    assertThat(chat.lines()).containsExactly("hello");
  }

  @Test
  void saysThatMessagesAreMissing() {
    someoneSays("one");
    server.resetEpoch();
    server.drop();
    server.advance(SOON);
    someoneSays("two");
    assertThat(chat.lines()).containsExactly("one", "(some messages are missing: epoch)", "two");
  }

  @Test
  void aHoleIsNotSeen() {
    server.skip(2);
    someoneSays("one");
    someoneSays("two");
    someoneSays("three");
    assertThat(chat.lines()).containsExactly("one", "two", "three");
  }

  @Test
  void answersQuestionsInItsListenerAndWaits() {
    server.publish("room", "question", Map.of("text", "who?"));
    assertThat(chat.lines()).containsExactly("re: who?");
  }

  @Test
  void answersInItsListenerAlsoWhenTheConnectionBreaksOnTheWay() {
    server.loseAck();
    server.publish("room", "question", Map.of("text", "who?"));
    assertThat(chat.lines()).containsExactly("re: who?");
    assertThat(server.messages("room")).hasSize(2);
  }

  @Test
  void whatIsSaidOfflineWaitsAndGivesUpAfterTwoMinutes() {
    server.setReachable(false);
    CompletableFuture<PublishResult> first = chat.sayLater("first");
    server.advance(Duration.ofMinutes(1));
    assertThat(first).isNotDone();
    assertThatExceptionOfType(CarillonException.class)
        .isThrownBy(() -> chat.say("second"))
        .matches(error -> error.kind().equals("timeout"));
    assertThat(first).isCompletedExceptionally();

    CompletableFuture<PublishResult> third = chat.sayLater("third");
    server.setReachable(true);
    server.advance(Duration.ofSeconds(20));
    assertThat(third).isCompleted();
    assertThat(chat.lines()).containsExactly("third");
  }

  @Test
  void twoPeopleTalk() {
    try (Chat bob = chat("token of bob")) {
      bob.say("hi ann");
      chat.say("hi bob");
      assertThat(chat.lines()).isEqualTo(bob.lines()).containsExactly("hi ann", "hi bob");
      assertThat(server.subscribers("room")).isEqualTo(2);
    }
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void threadsOfTheApplicationWaitUntilTheTestLetsTimePass() throws Exception {
    chat.say("hello");
    server.drop();
    CompletableFuture<PublishResult> said = new CompletableFuture<>();
    Thread thread = new Thread(() -> said.complete(chat.say("from a thread")));
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(said).isNotDone();
    server.advance(SOON);
    thread.join();
    assertThat(said.join().position().offset()).isEqualTo(2);
  }
}
