package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.ConsoleUser;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.HookReceiver;
import io.carillon.acceptance.harness.Installation;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.acceptance.harness.TestApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * An endpoint that is down for a while and then up has every event in sequence, once by its id. The
 * real ten minutes, with the real waits: {@code -Dcarillon.outage.seconds=600}.
 */
class WebhookOutageTest {
  private static final int SECONDS = Integer.getInteger("carillon.outage.seconds", 12);
  private static final boolean REAL = SECONDS >= 600;
  private static final int CHANNELS = 10;
  private static final Duration BETWEEN = Duration.ofMillis(REAL ? 500 : 50);

  /** The longest wait of an endpoint that is left alone, and what the rest takes. */
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(REAL ? 120 : 30);

  private static Map<String, String> settings() {
    return Map.of(
        "CARILLON_WEBHOOKS_ALLOWED_NETWORKS",
        "127.0.0.0/8",
        "CARILLON_WEBHOOKS_FIRST_RETRY_MILLIS",
        REAL ? "1000" : "50");
  }

  @Test
  void everyEventArrivesInSequenceOnceAndTheLedgerAndReplaysWork() {
    try (Installation installation = Installation.begin();
        HookReceiver receiver = new HookReceiver();
        ProcessServer server = installation.start(settings());
        ConsoleUser user = new ConsoleUser(server, "owner@outage.example")) {
      String app = user.ofTenant("POST", "/apps", "{\"name\":\"Chat\"}").get("id").asText();
      JsonNode key = user.ofTenant("POST", "/apps/" + app + "/keys", "{\"label\":\"one\"}");
      TestApp backend =
          new TestApp(server.url(), app, key.at("/key/id").asText(), key.get("secret").asText());
      Deadline.await("key", () -> backend.rest().get("/channels").status() == 200);
      String hooks = "/apps/" + app + "/webhooks";
      String hook = hooks + "/" + made(user, hooks, receiver.url());
      Deadline.await(
          "first event",
          () -> {
            backend.rest().publish("probe", "n", "x");
            return !receiver.all().isEmpty();
          });
      untilNothingWaits(user, hooks);

      receiver.goAway();
      int published = publishWhileDown(backend);
      JsonNode down = user.ofTenant("GET", hooks, "").at("/webhooks/0");
      assertThat(down.get("waiting").asInt()).isGreaterThanOrEqualTo(published);
      assertThat(down.get("failures").asInt()).isGreaterThan(5);
      receiver.comeBack();
      long back = System.nanoTime();
      Deadline.await(
          "everything",
          CAUGHT_UP_WITHIN,
          () -> receiver.told(WebhookOutageTest::isCounted).size() == published);
      Duration caughtUp = Duration.ofNanos(System.nanoTime() - back);
      untilNothingWaits(user, hooks);

      assertThat(receiver.all()).extracting(it -> it.get("id").asText()).doesNotHaveDuplicates();
      assertInSequence(receiver.all());
      List<JsonNode> attempts = all(user, hook + "/attempts", "attempts");
      long failed = attempts.stream().filter(it -> !it.get("accepted").asBoolean()).count();
      assertThat(attempts.size() - failed).isEqualTo(receiver.all().size());
      assertThat(attempts)
          .filteredOn(it -> !it.get("accepted").asBoolean())
          .hasSizeGreaterThan(5)
          .allSatisfy(it -> assertThat(it.get("reply").asText()).contains("connection"));
      System.out.printf(
          "down for %d s: %d events, %d calls in the ledger of which %d failed, 0 twice, in"
              + " sequence %d ms after it was back%n",
          SECONDS, receiver.all().size(), attempts.size(), failed, caughtUp.toMillis());

      replay(user, hook, receiver);
    }
  }

  private static boolean isCounted(JsonNode event) {
    return event.get("channel").asText().startsWith("room-");
  }

  private static String made(ConsoleUser user, String hooks, String url) {
    String wanted =
        Json.object("url", url, "format", "carillon", "types", List.of("message_published"));
    return user.ofTenant("POST", hooks, wanted).at("/webhook/id").asText();
  }

  /** A call that is cut off would be made again, with the same ids. */
  private static void untilNothingWaits(ConsoleUser user, String hooks) {
    Deadline.await(
        "end of what waits",
        () -> user.ofTenant("GET", hooks, "").at("/webhooks/0/waiting").asInt() == 0);
  }

  private static int publishWhileDown(TestApp backend) {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    int published = 0;
    while (System.nanoTime() - end < 0) {
      String data = String.valueOf(published / CHANNELS);
      assertThat(backend.rest().publish("room-" + published % CHANNELS, "n", data).status())
          .isEqualTo(200);
      published++;
      // the load's pace, not a wait for something
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    return published;
  }

  private static void assertInSequence(List<JsonNode> events) {
    Map<String, List<JsonNode>> channels = new TreeMap<>();
    for (JsonNode event : events) {
      channels.computeIfAbsent(event.get("channel").asText(), name -> new ArrayList<>()).add(event);
    }
    channels.forEach(
        (channel, those) -> {
          for (int i = 0; i < those.size(); i++) {
            assertThat(those.get(i).get("sequence").asInt()).as(channel).isEqualTo(i + 1);
            if (channel.startsWith("room-")) {
              assertThat(those.get(i).get("data").asText()).isEqualTo(String.valueOf(i));
            }
          }
        });
  }

  /** All pages, the newest first. */
  private static List<JsonNode> all(ConsoleUser user, String path, String name) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = user.ofTenant("GET", path + "?limit=200" + cursor, "");
      page.get(name).forEach(all::add);
      JsonNode next = page.path("cursor");
      cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  private static void replay(ConsoleUser user, String hook, HookReceiver receiver) {
    List<JsonNode> kept =
        all(user, hook + "/events", "events").stream()
            .filter(WebhookOutageTest::isCounted)
            .toList();
    JsonNode newest = kept.getFirst();
    JsonNode oldest = kept.getLast();
    receiver.clear();
    assertThat(replayed(user, hook, newest, newest)).isEqualTo(1);
    Deadline.await("the one", () -> receiver.all().size() == 1);
    assertThat(receiver.all().getFirst().get("id")).isEqualTo(newest.get("id"));

    receiver.clear();
    int range = replayed(user, hook, oldest, newest);
    assertThat(range).isEqualTo(kept.size());
    Deadline.await("the range", CAUGHT_UP_WITHIN, () -> receiver.all().size() == range);
    assertInSequence(receiver.all());
  }

  private static int replayed(ConsoleUser user, String hook, JsonNode first, JsonNode last) {
    String range =
        Json.object("first", first.get("number").asLong(), "last", last.get("number").asLong());
    return user.ofTenant("POST", hook + "/replays", range).get("events").asInt();
  }
}
