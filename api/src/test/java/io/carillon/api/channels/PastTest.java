package io.carillon.api.channels;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.list;
import static io.carillon.api.Answers.names;
import static io.carillon.api.Answers.number;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Payload;
import io.carillon.core.publish.PublishCommand;
import io.micronaut.json.tree.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PastTest {
  private static final String PATH = "/channels/room:1/messages";

  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aMessageIsShownAsItWasPublished() {
    publish("{'name':'text','data':'{}','id':'one'}");
    publish("{'name':'json','data':{'n':1.50,'z':null}}");
    publish("{'name':'null','data':null}");
    publish("{'name':'bytes','data':'AP8Q','encoding':'base64'}");
    JsonNode answer = json(server.rest(ACME, PATH + "?direction=forward"), 200);

    List<JsonNode> said = list(answer, "messages");

    assertThat(names(answer)).containsExactly("messages", "position", "complete");
    assertThat(names(said.get(0)))
        .containsExactly("id", "name", "data", "epoch", "offset", "timestamp");
    assertThat(text(said.get(0), "data")).isEqualTo("{}");
    assertThat(number(said.get(0), "timestamp")).isEqualTo(server.ticker.epochMillis());
    assertThat(get(said.get(1), "data")).isEqualTo(json(quoted("{'n':1.50,'z':null}")));
    assertThat(get(said.get(2), "data")).isEqualTo(JsonNode.nullNode());
    assertThat(text(said.get(3), "data")).isEqualTo("AP8Q");
    assertThat(text(said.get(3), "encoding")).isEqualTo("base64");
    assertThat(number(get(answer, "position"), "offset")).isEqualTo(4);
  }

  @Test
  void aTimeIsReadInBothDirectionsAndPageByPage() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      times.add(server.ticker.epochMillis());
      publish("{'name':'e','data':" + i + "}");
      server.ticker.advance(Duration.ofSeconds(1));
    }
    String iso = Instant.ofEpochMilli(times.get(5)).toString();

    assertThat(data("?after=" + times.get(4))).containsExactly("5", "4");
    assertThat(data("?direction=forward&after=" + times.get(2) + "&before=" + iso))
        .containsExactly("2", "3", "4");
    assertThat(data("?before=" + times.get(2))).containsExactly("1", "0");
    assertThat(data("?before=" + times.get(0))).isEmpty();
    assertThat(data("?direction=forward&after=" + (times.get(5) + 1))).isEmpty();

    JsonNode first =
        json(
            server.rest(ACME, PATH + "?limit=2&after=" + times.get(1) + "&before=" + times.get(5)),
            200);
    JsonNode second =
        json(
            server.rest(
                ACME,
                PATH
                    + "?limit=2&after="
                    + times.get(1)
                    + "&before="
                    + times.get(5)
                    + "&from="
                    + text(first, "next")),
            200);
    assertThat(number(list(first, "messages").get(1), "offset")).isEqualTo(4);
    assertThat(number(list(second, "messages").get(1), "offset")).isEqualTo(2);
    assertThat(second.get("next")).isNull();
    assertThat(get(second, "complete").getBooleanValue()).isTrue();
    for (String wrong : List.of("yesterday", "2026-01-31", "-5", "1e9")) {
      assertProblem(
          server.rest(ACME, PATH + "?after=" + wrong), ErrorCode.BAD_REQUEST, "after", wrong);
    }
  }

  private List<String> data(String query) {
    return list(json(server.rest(ACME, PATH + query), 200), "messages").stream()
        .map(said -> get(said, "data").coerceStringValue())
        .toList();
  }

  @Test
  void aClientsMessageNamesItsUser() {
    server
        .node
        .publisher()
        .publish(
            new PublishCommand(
                app(),
                ApiServer.channel(ACME, "room:1").name(),
                new Message(
                    null,
                    "client-e",
                    Payload.text("x"),
                    new Message.Origin.Client(new ConnectionId(1), "ann"))))
        .toCompletableFuture()
        .join();

    assertThat(text(list(json(server.rest(ACME, PATH), 200), "messages").getFirst(), "user"))
        .isEqualTo("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "backward"})
  void pagesFollowEachOtherBothWays(String direction) {
    for (int i = 1; i <= 7; i++) {
      publish("{'name':'e','data':" + i + "}");
    }
    List<Long> offsets = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();

    String path = PATH + "?limit=3&direction=" + direction;
    while (!path.isEmpty()) {
      HttpResponse<String> response = server.rest(ACME, path);
      JsonNode page = json(response, 200);
      sizes.add(list(page, "messages").size());
      list(page, "messages").forEach(message -> offsets.add(number(message, "offset")));
      path = next(response);
      assertThat(path.isEmpty()).isEqualTo(page.get("next") == null);
      if (!path.isEmpty()) {
        assertThat(path).contains("from=" + text(page, "next"));
      }
    }

    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(offsets)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 7)
                .map(i -> direction.equals("forward") ? i : 8 - i)
                .boxed()
                .toList());
  }

  @Test
  void whereAPageStartsIsNotPartOfIt() {
    for (int i = 1; i <= 5; i++) {
      publish("{'name':'e','data':" + i + "}");
    }
    long epoch = server.published(ACME, "room:1").getFirst().position().epoch();

    assertThat(offsets(PATH + "?from=" + epoch + ":3")).containsExactly(2L, 1L);
    assertThat(offsets(PATH + "?direction=forward&from=" + epoch + ":3")).containsExactly(4L, 5L);
    assertThat(offsets(PATH + "?direction=forward&from=" + epoch + ":5")).isEmpty();
    assertThat(offsets(PATH)).containsExactly(5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void applicationsAreApart() {
    publish("{'name':'e','data':1}");

    assertThat(list(json(server.rest(OTHER, PATH), 200), "messages")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "direction=up, backward or forward",
    "from=3, <epoch>:<offset>",
    "from=:, <epoch>:<offset>",
    "from=1:-1, <epoch>:<offset>",
    "from=9999999999999999999:1, <epoch>:<offset>",
    "limit=0, 1 to 1000",
    "limit=1001, 1 to 1000",
    "before=1:1, milliseconds",
    "until=1:1, 'after, before, direction, from, limit'",
  })
  void aPageThatCannotBeIsRefused(String query, String part) {
    ErrorCode expected =
        query.startsWith("from") ? ErrorCode.POSITION_INVALID : ErrorCode.BAD_REQUEST;
    assertProblem(server.rest(ACME, PATH + "?" + query), expected, part);
  }

  private List<Long> offsets(String path) {
    return list(json(server.rest(ACME, path), 200), "messages").stream()
        .map(message -> number(message, "offset"))
        .toList();
  }

  private void publish(String body) {
    json(server.rest("POST", ACME, PATH, quoted(body)), 201);
  }

  private App app() {
    return Objects.requireNonNull(server.directory.app(new AppId(ACME.app())));
  }

  private static String next(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("link")
        .map(link -> link.substring("</v1".length(), link.indexOf('>')))
        .orElse("");
  }
}
