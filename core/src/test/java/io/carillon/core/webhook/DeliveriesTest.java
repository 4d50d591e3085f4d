package io.carillon.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Secret;
import io.carillon.core.testing.FakeDirectory;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.webhook.WebhookAttempt.Result;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import io.carillon.core.webhook.WebhookOutbox.Waiting;
import io.carillon.core.webhook.WebhookSettings.Activity;
import io.carillon.core.webhook.WebhookSettings.Batching;
import io.carillon.core.webhook.WebhookSettings.Filter;
import io.carillon.core.webhook.WebhookSettings.Sending;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** On virtual time, with a receiver that is a switch. */
class DeliveriesTest {
  private static final AppId APP = new AppId("1");
  private static final Result TAKEN = new Result(3, 200, "fine");
  private static final Result DOWN = new Result(3, 503, "down");

  private final FakeTicker ticker = new FakeTicker();
  private final ListOutbox outbox = new ListOutbox();
  private final WebhookDesk desk = new WebhookDesk(ticker, () -> 0);
  private final List<WebhookRequest> requests = new ArrayList<>();
  private Result answer = TAKEN;
  private Duration callTakes = Duration.ZERO;
  private int events;
  private int ended;

  private final Deliveries deliveries = deliveries(Runnable::run);

  private Deliveries deliveries(Executor executor) {
    return new Deliveries(
        new Deliveries.Parts(
            outbox,
            (request, patience) -> {
              requests.add(request);
              ticker.advance(callTakes);
              return answer;
            },
            desk,
            new FakeDirectory(),
            ticker,
            () -> 0),
        WebhookTiming.USUAL,
        new Deliveries.Running(executor, () -> ended++));
  }

  private WebhookId endpoint(Batching batching) {
    WebhookEndpoint endpoint = endpointOf(APP, batching);
    desk.setInterests(new Interests(List.of(endpoint)));
    return endpoint.id();
  }

  private static WebhookEndpoint endpointOf(AppId app) {
    return endpointOf(app, Batching.OFF);
  }

  private static WebhookEndpoint endpointOf(AppId app, Batching batching) {
    WebhookSettings settings =
        new WebhookSettings(
            "",
            URI.create("https://example.com/"),
            WebhookFormat.CARILLON,
            new Filter(Set.of(WebhookType.CLIENT_EVENT), ""),
            new Sending(batching, Activity.ACTIVE));
    return new WebhookEndpoint(
        WebhookId.random(),
        app,
        settings,
        WebhookSecrets.of(Secret.of("whsec_c2VjcmV0")),
        Instant.EPOCH);
  }

  private void add(WebhookId endpoint, String channel, int count) {
    for (int i = 0; i < count; i++) {
      WebhookEvent event =
          new WebhookEvent(
              "evt_" + ++events,
              WebhookType.CLIENT_EVENT,
              ChannelId.of(APP, ChannelName.of(channel)),
              1,
              new Detail(null, "client-x", "data", null));
      outbox.add(List.of(new Entry(endpoint, event)));
    }
  }

  private void work() {
    while (deliveries.step()) {
      // as long as there is something due
    }
  }

  private List<String> deliveredOf(String channel) {
    return outbox.delivered.stream()
        .filter(it -> it.event().channel().name().value().equals(channel))
        .map(it -> it.sequence() + "")
        .toList();
  }

  @Test
  void eachEventHasACallInItsOrder() {
    WebhookId endpoint = endpoint(Batching.OFF);
    add(endpoint, "a", 3);

    work();

    assertThat(requests).hasSize(3);
    assertThat(deliveredOf("a")).containsExactly("1", "2", "3");
    assertThat(outbox.attempts)
        .extracting(WebhookAttempt::callId)
        .containsExactly("evt_1", "evt_2", "evt_3");
  }

  @Test
  void aBatchHasOneCallForAllChannels() {
    WebhookId endpoint = endpoint(Batching.ON);
    add(endpoint, "a", 2);
    add(endpoint, "b", 2);

    work();

    assertThat(requests).hasSize(1);
    assertThat(outbox.delivered).extracting(Waiting::number).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void whatIsDownForTenMinutesHasEverythingInSequenceOnceAMinuteLater() {
    WebhookId endpoint = endpoint(Batching.OFF);
    add(endpoint, "a", 20);
    add(endpoint, "b", 1);
    answer = DOWN;
    for (int second = 0; second < 600; second++) {
      work();
      ticker.advance(Duration.ofSeconds(1));
      if (second % 100 == 0) {
        add(endpoint, "b", 1);
      }
    }
    assertThat(outbox.delivered).isEmpty();
    assertThat(requests).as("it is left alone").hasSizeLessThan(40);

    answer = TAKEN;
    for (int second = 0; second <= 60; second++) {
      work();
      ticker.advance(Duration.ofSeconds(1));
    }

    assertThat(deliveredOf("a")).hasSize(20).isSortedAccordingTo(DeliveriesTest::byNumber);
    assertThat(deliveredOf("b")).hasSize(7).isSortedAccordingTo(DeliveriesTest::byNumber);
    assertThat(outbox.delivered).extracting(it -> it.event().id()).doesNotHaveDuplicates();
  }

  private static int byNumber(String one, String other) {
    return Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
  }

  @Test
  void anEventThatIsRefusedHoldsUpItsChannelAlone() {
    WebhookId endpoint = endpoint(Batching.OFF);
    add(endpoint, "a", 2);
    answer = DOWN;
    work();
    answer = TAKEN;
    add(endpoint, "b", 2);
    work();

    assertThat(deliveredOf("b")).containsExactly("1", "2");
  }

  @Test
  void aClaimIsGivenBackBeforeItsLeaseEnds() {
    WebhookId endpoint = endpoint(Batching.OFF);
    add(endpoint, "a", 20);
    callTakes = Duration.ofSeconds(4);

    deliveries.step();

    assertThat(requests).as("4 s each, begun within 15 s").hasSize(4);
    work();
    assertThat(deliveredOf("a")).hasSize(20);
  }

  @Test
  void largeBatchesAreSplit() {
    WebhookId endpoint = endpoint(Batching.ON);
    for (int i = 0; i < 5; i++) {
      WebhookEvent event =
          new WebhookEvent(
              "evt_" + ++events,
              WebhookType.CLIENT_EVENT,
              ChannelId.of(APP, ChannelName.of("a")),
              1,
              new Detail(null, null, "x".repeat(90_000), null));
      outbox.add(List.of(new Entry(endpoint, event)));
    }

    work();

    assertThat(requests).hasSize(3);
    assertThat(deliveredOf("a")).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void anEndpointThatIsNotKnownYetIsAskedForLater() {
    WebhookId endpoint = endpoint(Batching.OFF);
    add(endpoint, "a", 1);
    desk.setInterests(Interests.NONE);
    work();
    assertThat(requests).isEmpty();

    assertThat(endpoint(Batching.OFF)).isNotEqualTo(endpoint);
    ticker.advance(Duration.ofSeconds(1));
    deliveries.step();
    assertThat(requests).isEmpty();
  }

  @Test
  void aTenantHasSoManyCallsUnderWayAndOthersHaveRoom() {
    List<WebhookEndpoint> hanging = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      hanging.add(endpointOf(new AppId("hanging")));
    }
    WebhookEndpoint other = endpointOf(new AppId("other"));
    List<WebhookEndpoint> all = new ArrayList<>(hanging);
    all.add(other);
    desk.setInterests(new Interests(all));
    hanging.forEach(endpoint -> add(endpoint.id(), "a", 1));
    List<Runnable> calls = new ArrayList<>();
    Deliveries slow = deliveries(calls::add);

    while (slow.step()) {
      // none of them ends
    }
    assertThat(calls).hasSize(CallRoom.CALLS_OF_TENANT_MAX);
    add(other.id(), "a", 1);
    slow.step();
    assertThat(calls).hasSize(CallRoom.CALLS_OF_TENANT_MAX + 1);

    List.copyOf(calls).forEach(Runnable::run);
    calls.clear();
    slow.step();
    assertThat(calls).hasSize(2);
  }

  @Test
  void severalChannelsOfAnEndpointAreUnderWayAndWhatEndsAsksForMore() {
    WebhookId endpoint = endpoint(Batching.OFF);
    List<Runnable> calls = new ArrayList<>();
    Deliveries slow = deliveries(calls::add);
    add(endpoint, "a", 1);
    slow.step();
    add(endpoint, "a", 1);
    add(endpoint, "b", 1);
    slow.step();

    assertThat(calls).as("b does not wait for a, and a is one at a time").hasSize(2);
    assertThat(ended).isZero();
    calls.forEach(Runnable::run);
    assertThat(ended).isEqualTo(2);
    assertThat(deliveredOf("b")).containsExactly("1");
  }

  @Test
  void anEndpointWithBatchesHasOneCallAtATime() {
    WebhookId endpoint = endpoint(Batching.ON);
    List<Runnable> calls = new ArrayList<>();
    Deliveries slow = deliveries(calls::add);
    add(endpoint, "a", 1);
    slow.step();
    add(endpoint, "b", 1);
    slow.step();

    assertThat(calls).hasSize(1);
  }

  @Test
  void whatIsUnderWayIsProlongedUntilItEnds() {
    WebhookId endpoint = endpoint(Batching.OFF);
    List<Runnable> calls = new ArrayList<>();
    Deliveries slow = deliveries(calls::add);
    add(endpoint, "a", 1);
    slow.prolong();
    assertThat(outbox.prolonged).isEmpty();
    slow.step();

    slow.prolong();
    assertThat(outbox.prolonged).extracting(WebhookOutbox.Claim::channel).containsExactly("a");
    calls.forEach(Runnable::run);
    outbox.prolonged.clear();
    slow.prolong();
    assertThat(outbox.prolonged).isEmpty();
  }

  @Test
  void waitsAreThoseOfTheTiming() {
    WebhookId endpoint = endpoint(Batching.OFF);
    add(endpoint, "a", 1);
    answer = DOWN;
    long begun = ticker.epochMillis();
    work();

    assertThat(outbox.delays.getFirst().retryAtMillis() - begun).isEqualTo(1_000);
    assertThat(outbox.delays.getFirst().closedUntilMillis()).isZero();
    assertThat(begun - outbox.delays.getFirst().giveUpBeforeMillis())
        .isEqualTo(Duration.ofHours(24).toMillis());
  }
}
