package io.carillon.api.compat.pusher;

import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Publication;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PusherEventsTest {
  private final ApiServer server = new ApiServer();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void anEventReachesItsChannel() {
    HttpResponse<String> response =
        trigger("{'name':'greet','channel':'plain-1','data':'{\\'a\\':1}','unknown':[{}]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    Publication publication = server.published(ACME, "plain-1").getFirst();
    assertThat(publication.message().event()).isEqualTo("greet");
    assertThat(publication.message().payload().asText()).isEqualTo("{\"a\":1}");
    assertThat(publication.message().origin()).isEqualTo(Message.Origin.Backend.TO_EVERYONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void anEventReachesUpToHundredChannels(int count) {
    HttpResponse<String> response = trigger(toChannels("many-" + count, count));

    assertThat(response.statusCode()).isEqualTo(200);
    for (int i = 0; i < count; i++) {
      assertThat(server.texts(ACME, "many-" + count + "-" + i)).containsExactly("d");
    }
  }

  @Test
  void hundredAndOneChannelsAreTooMany() {
    HttpResponse<String> response = trigger(toChannels("over", 101));

    assertPlain(response, 400, "101 items (expected: 1 to 100)");
    assertThat(server.texts(ACME, "over-0")).isEmpty();
  }

  @Test
  void aChannelNamedTwiceGetsTheEventOnce() {
    assertThat(trigger("{'name':'e','channels':['twice','twice'],'data':'d'}").statusCode())
        .isEqualTo(200);

    assertThat(server.texts(ACME, "twice")).containsExactly("d");
  }

  @Test
  void dataMayHave10240BytesAndNotOneMore() {
    assertThat(trigger(ofSize("size-a", 10_240)).statusCode()).isEqualTo(200);

    HttpResponse<String> response = trigger(ofSize("size-b", 10_241));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .isEqualTo("The data content of this event exceeds the allowed maximum (10240 bytes)");
    assertThat(server.texts(ACME, "size-a")).hasSize(1);
    assertThat(server.texts(ACME, "size-b")).isEmpty();
  }

  @Test
  void theLimitCountsBytesAndNotCharacters() {
    assertThat(trigger("{'name':'e','channel':'utf','data':'" + "é".repeat(5_120) + "'}"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
    assertThat(trigger("{'name':'e','channel':'utf','data':'" + "é".repeat(5_121) + "'}"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(413);
  }

  @Test
  void aSocketIdIsLeftOut() {
    ConnectionId connection = new ConnectionId(5L << 32 | 7);

    HttpResponse<String> response =
        trigger("{'name':'e','channel':'excluded','data':'d','socket_id':'5.7'}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(server.published(ACME, "excluded").getFirst().message().origin().excluded())
        .isEqualTo(connection);
  }

  @Test
  void aSocketIdOfNoOneLeavesNobodyOut() {
    assertThat(
            trigger("{'name':'e','channel':'foreign','data':'d','socket_id':'99999999999999.1'}")
                .statusCode())
        .isEqualTo(200);

    assertThat(server.published(ACME, "foreign").getFirst().message().origin().excluded()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'e','channels':['half','bad name'],'data':'d'}",
        "{'name':'e','channels':['half',''],'data':'d'}",
        "{'name':'e','channels':['half','#internal'],'data':'d'}",
        "{'name':'e','channels':['half','private-encrypted-x'],'data':'d'}",
        "{'name':'e','channels':['half',7],'data':'d'}",
        "{'name':'e','channels':[],'data':'d'}",
        "{'name':'e','channels':'half','data':'d'}",
        "{'name':'e','channels':{},'data':'d'}",
        "{'name':'e','channel':['half'],'data':'d'}",
        "{'name':'e','channel':null,'data':'d'}",
        "{'name':'e','channel':'half','channels':['half'],'data':'d'}",
        "{'name':'e','data':'d'}",
        "{'name':'e','channel':'half'}",
        "{'name':'e','channel':'half','data':null}",
        "{'name':'e','channel':'half','data':{'a':1}}",
        "{'name':'e','channel':'half','data':7}",
        "{'channel':'half','data':'d'}",
        "{'name':7,'channel':'half','data':'d'}",
        "{'name':'','channel':'half','data':'d'}",
        "{'name':'pusher:x','channel':'half','data':'d'}",
        "{'name':'pusher_internal:x','channel':'half','data':'d'}",
        "{'name':'e','channel':'half','data':'d','socket_id':'5'}",
        "{'name':'e','channel':'half','data':'d','socket_id':'5.'}",
        "{'name':'e','channel':'half','data':'d','socket_id':5.7}",
        "{'name':'e','channel':'half','data':'d','info':'cache'}",
        "{'name':'e','channel':'half','data':'d','info':'nonsense'}",
        "{'name':'e','channel':'half','data':'d','info':['user_count']}",
        "{'name':'e','name':'f','channel':'half','data':'d'}",
        "{'name':'e','channel':'half','data':'d'} {}",
        "{'name':'e','channel':'half','data':'d'",
        "[{'name':'e','channel':'half','data':'d'}]",
        "'text'",
        "null",
        "7",
        "garbage",
        " ",
      })
  void aWrongBodyIsRefusedWithASentenceAndNothingIsPublished(String body) {
    HttpResponse<String> response = trigger(body);

    assertPlain(response, 400, ": ");
    assertThat(server.texts(ACME, "half")).isEmpty();
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(100_000);

    assertPlain(trigger("{'name':'e','channel':'deep','data':'d','x':" + deep), 400, "JSON");
  }

  @Test
  void noBodyIsRefused() {
    assertPlain(trigger(""), 400, "JSON object");
    assertPlain(server.post(ACME, "/batch_events", ""), 400, "JSON object");
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "201, 400"})
  void anEventNameHasUpTo200Characters(int length, int status) {
    String name = "n".repeat(length);

    assertThat(trigger("{'name':'" + name + "','channel':'named','data':'d'}").statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "201, 400"})
  void aChannelNameHasUpTo200Characters(int length, int status) {
    String name = "c".repeat(length);

    assertThat(trigger("{'name':'e','channel':'" + name + "','data':'d'}").statusCode())
        .isEqualTo(status);
  }

  @Test
  void anEncryptedChannelAloneIsFine() {
    assertThat(
            trigger("{'name':'e','channels':['private-encrypted-one'],'data':'{}'}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aUserIsReachedOnTheirChannel() {
    assertThat(trigger("{'name':'e','channels':['#server-to-user-42'],'data':'d'}").statusCode())
        .isEqualTo(200);

    assertThat(server.texts(ACME, "#server-to-user-42")).containsExactly("d");
  }

  @Test
  void infoAnswersWhatEachChannelHas() {
    server.enter(ACME, "presence-info", "a", 1);
    server.enter(ACME, "presence-info", "a", 2);
    server.enter(ACME, "presence-info", "b", 3);
    server.subscribe(ACME, "info");

    HttpResponse<String> response =
        trigger(
            "{'name':'e','channels':['presence-info','info'],'data':'d',"
                + "'info':'user_count,subscription_count'}");

    assertThat(response.body())
        .isEqualTo(
            json(
                "{'channels':{'presence-info':{'user_count':2},"
                    + "'info':{'subscription_count':1}}}"));
  }

  @Test
  void infoLeavesOutCountsThatAreSwitchedOff() {
    server.subscribe(OTHER, "info");

    HttpResponse<String> response =
        server.post(
            OTHER,
            "/events",
            json("{'name':'e','channel':'info','data':'d','info':'subscription_count'}"));

    assertThat(response.body()).isEqualTo("{\"channels\":{\"info\":{}}}");
  }

  @Test
  void aBatchKeepsItsOrderOnEachChannel() {
    String items =
        IntStream.range(0, 10)
            .mapToObj(i -> "{'name':'e','channel':'batch-" + i % 2 + "','data':'" + i + "'}")
            .collect(Collectors.joining(","));

    HttpResponse<String> response = batch("{'batch':[" + items + "]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(server.texts(ACME, "batch-0")).containsExactly("0", "2", "4", "6", "8");
    assertThat(server.texts(ACME, "batch-1")).containsExactly("1", "3", "5", "7", "9");
  }

  @Test
  void elevenEventsAreTooManyForABatch() {
    String items =
        IntStream.range(0, 11)
            .mapToObj(i -> "{'name':'e','channel':'eleven','data':'d'}")
            .collect(Collectors.joining(","));

    assertPlain(batch("{'batch':[" + items + "]}"), 400, "11 items (expected: 1 to 10)");
    assertThat(server.texts(ACME, "eleven")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'batch':[]}",
        "{'batch':{}}",
        "{'batch':null}",
        "{}",
        "{'batch':[%s,7]}",
        "{'batch':[%s,{'name':'e','channels':['a'],'data':'d'}]}",
        "{'batch':[%s,{'name':'e','channel':'bad name','data':'d'}]}",
        "{'batch':[%s,{'name':'pusher:e','channel':'a','data':'d'}]}",
        "{'batch':[%s,{'name':'e','channel':'a','data':{}}]}",
        "{'batch':[%s,{'name':'e','channel':'a','data':'d','socket_id':'x'}]}",
      })
  void aWrongBatchIsRefusedAsAWhole(String body) {
    String fine = "{'name':'e','channel':'whole','data':'d'}";

    HttpResponse<String> response = batch(body.replace("%s", fine));

    assertPlain(response, 400, body.contains("%s") ? "batch[1]: " : "batch: ");
    assertThat(server.texts(ACME, "whole")).isEmpty();
  }

  @Test
  void aBatchItemThatIsTooLargeIs413AndNothingIsPublished() {
    String large = "{'name':'e','channel':'large','data':'" + "x".repeat(10_241) + "'}";

    HttpResponse<String> response =
        batch("{'batch':[{'name':'e','channel':'large','data':'d'}," + large + "]}");

    assertPlain(response, 413, "batch[1]: The data content of this event exceeds");
    assertThat(server.texts(ACME, "large")).isEmpty();
  }

  @Test
  void infoOfABatchIsAnsweredInOrder() {
    server.enter(ACME, "presence-batch", "a", 1);
    server.subscribe(ACME, "counted");

    HttpResponse<String> response =
        batch(
            "{'batch':[{'name':'e','channel':'presence-batch','data':'d','info':'user_count'},"
                + "{'name':'e','channel':'uncounted','data':'d'},"
                + "{'name':'e','channel':'counted','data':'d','info':'subscription_count'}]}");

    assertThat(response.body())
        .isEqualTo(json("{'batch':[{'user_count':1},{},{'subscription_count':1}]}"));
  }

  @Test
  void equalNamesOfTwoApplicationsAreTwoChannels() {
    String body = json("{'name':'e','channel':'same','data':'of 4'}");
    assertThat(server.post(OTHER, "/events", body).statusCode()).isEqualTo(200);
    assertThat(trigger("{'name':'e','channel':'same','data':'of 3'}").statusCode()).isEqualTo(200);

    assertThat(server.texts(ACME, "same")).containsExactly("of 3");
    assertThat(server.texts(OTHER, "same")).containsExactly("of 4");
  }

  private HttpResponse<String> trigger(String body) {
    return server.post(ACME, "/events", json(body));
  }

  private HttpResponse<String> batch(String body) {
    return server.post(ACME, "/batch_events", json(body));
  }

  private static String toChannels(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'" + prefix + "-" + i + "'")
        .collect(Collectors.joining(",", "{'name':'e','data':'d','channels':[", "]}"));
  }

  private static String ofSize(String channel, int bytes) {
    return "{'name':'e','channel':'" + channel + "','data':'" + "x".repeat(bytes) + "'}";
  }

  private static void assertPlain(HttpResponse<String> response, int status, String part) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.body()).contains(part).doesNotContain("Exception");
  }

  /** JSON is easier to read in Java with the other quotes. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
