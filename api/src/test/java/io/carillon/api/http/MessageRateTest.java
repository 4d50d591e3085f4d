package io.carillon.api.http;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.error.ErrorCode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an application that publishes too fast is told, at both doors. */
class MessageRateTest {
  private static final int PER_SECOND = 10;

  private final ApiServer server = ApiServer.limited(PER_SECOND);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyAnswerSaysWhatIsLeftAndARefusalWhenToComeBack() {
    assertThat(policy(publish())).isEqualTo("\"messages\";q=10;w=1");
    for (int i = 1; i < PER_SECOND - 1; i++) {
      publish();
    }
    assertThat(left(publish())).isZero();

    HttpResponse<String> refused = publish();

    assertProblem(refused, ErrorCode.MESSAGE_RATE, "10 per second");
    assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
    assertThat(left(refused)).isZero();
    assertThat(server.texts(ACME, "room")).hasSize(PER_SECOND);
    server.ticker.advance(Duration.ofMillis(500));
    assertThat(publish().statusCode()).isEqualTo(201);
  }

  @Test
  void anApplicationDoesNotUseUpWhatAnotherHas() {
    for (int i = 0; i <= PER_SECOND; i++) {
      publish();
    }

    HttpResponse<String> other =
        server.rest("POST", OTHER, "/channels/room/messages", quoted("{'name':'e','data':'d'}"));

    assertThat(other.statusCode()).isEqualTo(201);
    assertThat(left(other)).isEqualTo(PER_SECOND - 1L);
  }

  @Test
  void aBatchIsPublishedWholeOrNotAtAll() {
    HttpResponse<String> first = server.rest("POST", ACME, "/messages", batch(25));
    HttpResponse<String> second = server.rest("POST", ACME, "/messages", batch(2));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(server.texts(ACME, "room")).hasSize(25);
    assertProblem(second, ErrorCode.MESSAGE_RATE);
    assertThat(second.headers().firstValue("retry-after")).hasValue("2");
  }

  @Test
  void thePusherApiSaysTheSameAndPublishesAllOrNothing() {
    String event = quoted("{'name':'e','channels':['a','b','c','d'],'data':'d'}");
    HttpResponse<String> taken = server.post(ACME, "/events", event);
    server.post(ACME, "/events", event);
    server.post(ACME, "/events", event);
    HttpResponse<String> refused = server.post(ACME, "/events", event);

    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(left(taken)).isEqualTo(6);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("publishes too fast");
    assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
    assertThat(policy(refused)).isEqualTo("\"messages\";q=10;w=1");
    assertThat(server.texts(ACME, "d")).hasSize(3);
  }

  @Test
  void readingIsNotCounted() {
    for (int i = 0; i < 2 * PER_SECOND; i++) {
      assertThat(server.rest(ACME, "/channels").statusCode()).isEqualTo(200);
    }

    assertThat(left(publish())).isEqualTo(PER_SECOND - 1L);
  }

  @Test
  void whereNothingIsLimitedNothingIsSaid() {
    try (ApiServer unlimited = new ApiServer()) {
      HttpResponse<String> answer = unlimited.rest(ACME, "/channels");

      assertThat(answer.headers().firstValue("ratelimit")).isEmpty();
      assertThat(answer.headers().firstValue("ratelimit-policy")).isEmpty();
    }
  }

  private HttpResponse<String> publish() {
    return server.rest("POST", ACME, "/channels/room/messages", quoted("{'name':'e','data':'d'}"));
  }

  private static String batch(int messages) {
    return quoted(
        IntStream.range(0, messages)
            .mapToObj(i -> "{'channel':'room','name':'e','data':" + i + "}")
            .collect(Collectors.joining(",", "{'messages':[", "]}")));
  }

  private static String policy(HttpResponse<String> answer) {
    return answer.headers().firstValue("ratelimit-policy").orElse("none");
  }

  private static long left(HttpResponse<String> answer) {
    String state = answer.headers().firstValue("ratelimit").orElse("none");
    assertThat(state).matches("\"messages\";r=\\d+;t=1");
    return Long.parseLong(state.replaceAll(".*r=(\\d+).*", "$1"));
  }
}
