package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.Breaker;
import io.carillon.core.webhook.MovementBook;
import io.carillon.core.webhook.MovementBook.Place;
import io.carillon.core.webhook.MovementBook.Presence;
import io.carillon.core.webhook.MovementBook.Result;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookAdmin.Listed;
import io.carillon.core.webhook.WebhookAdmin.Rotation;
import io.carillon.core.webhook.WebhookAttempt;
import io.carillon.core.webhook.WebhookEndpoint;
import io.carillon.core.webhook.WebhookEvent;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookFormat;
import io.carillon.core.webhook.WebhookId;
import io.carillon.core.webhook.WebhookLedger;
import io.carillon.core.webhook.WebhookLedger.Range;
import io.carillon.core.webhook.WebhookLedger.State;
import io.carillon.core.webhook.WebhookOutbox;
import io.carillon.core.webhook.WebhookOutbox.Claim;
import io.carillon.core.webhook.WebhookOutbox.Delay;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import io.carillon.core.webhook.WebhookOutbox.Waiting;
import io.carillon.core.webhook.WebhookOutbox.Wish;
import io.carillon.core.webhook.WebhookSecrets;
import io.carillon.core.webhook.WebhookSettings;
import io.carillon.core.webhook.WebhookSettings.Activity;
import io.carillon.core.webhook.WebhookSettings.Batching;
import io.carillon.core.webhook.WebhookSettings.Filter;
import io.carillon.core.webhook.WebhookSettings.Sending;
import io.carillon.core.webhook.WebhookType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What webhooks ask of whoever keeps them. Cases share a store, so each has an application of its
 * own, and looks at what is claimed of its own endpoints alone.
 */
public abstract class WebhookStoresContract {
  private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** The clock of the store may be a little behind that of a case. */
  private final long now = Ticker.SYSTEM.epochMillis() + 10_000;

  private TenantId tenant;
  private AppId app;
  private WebhookId hook;

  /** What is tested; the same for all cases of a class. */
  protected abstract Stores stores();

  /** The ports under test. */
  public record Stores(
      DirectoryAdmin directory,
      WebhookAdmin admin,
      WebhookOutbox outbox,
      WebhookLedger ledger,
      MovementBook book) {}

  @BeforeEach
  void begin() {
    tenant = stores().directory().createTenant("Acme");
    app = stores().directory().createApp(tenant, "Chat");
    hook = made(settings(Activity.ACTIVE));
  }

  private static WebhookSettings settings(Activity activity) {
    return new WebhookSettings(
        "hook",
        URI.create("https://example.com/hooks"),
        WebhookFormat.CARILLON,
        new Filter(Set.of(WebhookType.CLIENT_EVENT, WebhookType.CHANNEL_OCCUPIED), "chat"),
        new Sending(Batching.ON, activity));
  }

  private WebhookId made(WebhookSettings settings) {
    WebhookEndpoint endpoint =
        new WebhookEndpoint(
            WebhookId.random(),
            app,
            settings,
            WebhookSecrets.of(SECRET),
            Instant.parse("2026-11-21T12:00:00Z"));
    assertThat(stores().admin().create(tenant, endpoint)).isTrue();
    return endpoint.id();
  }

  private WebhookEvent event(String channel, String id) {
    return new WebhookEvent(
        id,
        WebhookType.CLIENT_EVENT,
        ChannelId.of(app, ChannelName.of(channel)),
        5,
        new Detail("ann", "client-x", "data of " + id, "1.2"));
  }

  private void add(String channel, String... ids) {
    List<Entry> entries = new ArrayList<>();
    for (String id : ids) {
      entries.add(new Entry(hook, event(channel, id)));
    }
    stores().outbox().add(entries);
  }

  private List<Claim> claim(long atMillis) {
    return claim(atMillis, 0);
  }

  /** Others' endpoints are put back at once. */
  private List<Claim> claim(long atMillis, int underWay) {
    Map<WebhookId, Integer> busy = Map.of(hook, underWay);
    List<Claim> claims = stores().outbox().claim(new Wish(atMillis, LEASE, 1_000, busy));
    List<Claim> others = claims.stream().filter(it -> !it.endpoint().equals(hook)).toList();
    stores().outbox().release(others, eventsOf(others), atMillis);
    return claims.stream().filter(it -> it.endpoint().equals(hook)).toList();
  }

  private static List<Waiting> eventsOf(List<Claim> claims) {
    return claims.stream().flatMap(claim -> claim.events().stream()).toList();
  }

  private static List<String> ids(List<Claim> claims) {
    return eventsOf(claims).stream().map(waiting -> waiting.event().id()).toList();
  }

  private WebhookAttempt attempt(long atMillis, int status) {
    return new WebhookAttempt(
        hook, "call", atMillis, 1, new WebhookAttempt.Result(12, status, "reply\0"));
  }

  private void deliver(List<Claim> claims) {
    stores().outbox().delivered(claims, eventsOf(claims), attempt(now, 200));
    stores().outbox().release(claims, List.of(), now);
  }

  private void fail(List<Claim> claims, Delay delay) {
    stores().outbox().failed(claims, eventsOf(claims), attempt(now, 503), delay);
  }

  private Delay until(long retryAt) {
    return new Delay(retryAt, 0, 0);
  }

  private Listed listed() {
    return stores().admin().list(tenant, app).stream()
        .filter(it -> it.endpoint().id().equals(hook))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eventsOfAChannelAreClaimedInTheirOrderWithTheirNumbers() {
    add("chat-a", "1", "2");
    add("chat-b", "3");
    add("chat-a", "4");

    List<Claim> claims = claim(now);

    assertThat(claims).extracting(Claim::channel).containsExactlyInAnyOrder("chat-a", "chat-b");
    Claim first = claims.stream().filter(it -> it.channel().equals("chat-a")).findFirst().get();
    assertThat(first.events())
        .extracting(it -> it.sequence() + ":" + it.event().id())
        .containsExactly("1:1", "2:2", "3:4");
    assertThat(first.events().getFirst().event()).isEqualTo(event("chat-a", "1"));
    assertThat(first.events().getFirst().attempt()).isEqualTo(1);
    assertThat(listed().backlog().waiting()).isEqualTo(4);
  }

  @Test
  void anEventThatIsThereIsPassedOverAndLeavesNoHole() {
    add("chat-a", "1", "1");
    add("chat-a", "1", "2");
    deliver(claim(now));
    add("chat-a", "2", "3");

    assertThat(eventsOf(claim(now))).extracting(Waiting::sequence).containsExactly(3L);
  }

  @Test
  void eventsOfAnEndpointThatIsGoneAreDropped() {
    stores().outbox().add(List.of(new Entry(WebhookId.random(), event("chat-a", "1"))));
    assertThat(stores().admin().delete(tenant, app, hook)).isTrue();

    add("chat-a", "1");

    assertThat(claim(now)).isEmpty();
  }

  @Test
  void anyTextIsKeptAsItIs() {
    String data = "{\"a\":\"\0é😀\"}";
    WebhookEvent odd =
        new WebhookEvent(
            "odd",
            WebhookType.CLIENT_EVENT,
            ChannelId.of(app, ChannelName.of("chat-a")),
            5,
            new Detail(null, null, data, null));
    stores().outbox().add(List.of(new Entry(hook, odd)));

    assertThat(eventsOf(claim(now)).getFirst().event()).isEqualTo(odd);
  }

  @Test
  void whatIsClaimedIsNobodyElsesUntilTheLeaseEnds() {
    add("chat-a", "1");
    List<Claim> lost = claim(now);

    assertThat(claim(now + LEASE.toMillis() - 1)).isEmpty();
    List<Claim> taken = claim(now + LEASE.toMillis());

    assertThat(ids(taken)).containsExactly("1");
    fail(lost, until(now + 3_600_000));
    stores().outbox().release(lost, List.of(), now);
    deliver(taken);
    assertThat(claim(now + 10 * LEASE.toMillis())).isEmpty();
  }

  @Test
  void whatCameMeanwhileIsDueWhenTheClaimEnds() {
    add("chat-a", "1");
    List<Claim> claims = claim(now);
    add("chat-a", "2");

    assertThat(claim(now)).isEmpty();
    deliver(claims);

    assertThat(ids(claim(now))).containsExactly("2");
  }

  @Test
  void whatIsLeftOfAClaimIsDueAgain() {
    add("chat-a", "1", "2", "3");
    List<Claim> claims = claim(now);
    List<Waiting> events = eventsOf(claims);
    stores().outbox().delivered(claims, events.subList(0, 1), attempt(now, 200));
    stores().outbox().release(claims, events.subList(1, 3), now + 1);

    assertThat(claim(now)).isEmpty();
    assertThat(ids(claim(now + 1))).containsExactly("2", "3");
  }

  @Test
  void ofALongQueueSomeAreTakenAtOnce() {
    String[] many = new String[Wish.EVENTS_OF_CHANNEL + 3];
    for (int i = 0; i < many.length; i++) {
      many[i] = "e" + i;
    }
    add("chat-a", many);

    List<Claim> first = claim(now);
    assertThat(eventsOf(first)).hasSize(Wish.EVENTS_OF_CHANNEL);
    deliver(first);
    assertThat(eventsOf(claim(now))).hasSize(3);
  }

  @Test
  void ofAnEndpointAFewChannelsAreTakenAtOnceAndNoneWhenItIsBusy() {
    for (int i = 0; i < Wish.CHANNELS_OF_BATCH + 2; i++) {
      add("chat-" + i, "e" + i);
    }

    assertThat(claim(now, Wish.FULL)).isEmpty();
    assertThat(claim(now, Wish.FULL - 1)).hasSize(1);
    assertThat(claim(now)).hasSize(Wish.CHANNELS_OF_BATCH);
    assertThat(claim(now)).hasSize(1);
  }

  @Test
  void whatGoesOnIsProlongedAndWhatHasEndedIsNot() {
    add("chat-a", "1");
    add("chat-b", "2");
    List<Claim> first = claim(now);
    List<Claim> ended = first.stream().filter(it -> it.channel().equals("chat-b")).toList();
    stores().outbox().release(ended, eventsOf(ended), now);
    stores().outbox().prolong(first, now + 2 * LEASE.toMillis());

    assertThat(claim(now + LEASE.toMillis())).extracting(Claim::channel).containsExactly("chat-b");
    assertThat(claim(now + 2 * LEASE.toMillis()))
        .extracting(Claim::channel)
        .containsExactlyInAnyOrder("chat-a", "chat-b");
  }

  @Test
  void theLastOfAClaimEndsItAndWhatCameMeanwhileIsDue() {
    add("chat-a", "1");
    add("chat-b", "2");
    List<Claim> first = claim(now);
    add("chat-b", "3");
    stores().outbox().finished(first, eventsOf(first), attempt(now, 200), now);

    assertThat(ids(claim(now))).containsExactly("3");
  }

  @Test
  void aFailureWaitsAndKeepsTheOrder() {
    add("chat-a", "1", "2");
    fail(claim(now), until(now + 1_000));

    assertThat(claim(now + 999)).isEmpty();
    List<Claim> again = claim(now + 1_000);

    assertThat(ids(again)).containsExactly("1", "2");
    assertThat(again.getFirst().failures()).isEqualTo(1);
    assertThat(again.getFirst().endpointFailures()).isEqualTo(1);
    assertThat(eventsOf(again)).extracting(Waiting::attempt).containsExactly(2, 2);
    assertThat(listed().health().failures()).isEqualTo(1);
    deliver(again);
    assertThat(listed().health().failures()).isZero();
  }

  @Test
  void anEndpointThatFailsTooOftenIsTriedWithOneChannelAndWokenBySuccess() {
    add("chat-a", "1");
    add("chat-b", "2");
    List<Claim> both = claim(now);
    fail(both.subList(0, 1), new Delay(now, now + 500, 0));
    fail(both.subList(1, 2), new Delay(now + 60_000, now + 400, 0));
    assertThat(claim(now + 499)).isEmpty();
    for (int i = 2; i < Breaker.THRESHOLD; i++) {
      fail(claim(now + 500), until(now + 500));
    }
    add("chat-c", "3");

    List<Claim> trial = claim(now + 500);

    assertThat(trial).hasSize(1);
    assertThat(trial.getFirst().endpointFailures()).isEqualTo(Breaker.THRESHOLD);
    deliver(trial);
    assertThat(listed().health()).isEqualTo(new WebhookAdmin.Health(0, 0, 0));
    assertThat(claim(now + 500)).as("nothing waits for its next attempt").hasSize(2);
  }

  @Test
  void whatWaitsTooLongIsADeadLetterAndComesBackByAReplay() {
    assertThat(listed().backlog().oldestMillis()).isZero();
    add("chat-a", "1", "2");
    long since = listed().backlog().oldestMillis();
    assertThat(since).isBetween(now - 60_000, now);
    fail(claim(now), until(now));
    fail(claim(now), new Delay(now, 0, now - 60_000));
    assertThat(listed().backlog()).isEqualTo(new WebhookAdmin.Backlog(2, 0, since));
    fail(claim(now), new Delay(now, 0, now + 60_000));
    assertThat(listed().backlog()).isEqualTo(new WebhookAdmin.Backlog(0, 2, 0));
    assertThat(claim(now)).isEmpty();
    add("chat-a", "3");

    List<WebhookLedger.Listed> dead =
        stores().ledger().events(hook, State.DEAD, Long.MAX_VALUE, 10);
    assertThat(dead).extracting(it -> it.entry().event().id()).containsExactly("2", "1");
    long second = dead.getFirst().entry().number();
    assertThat(stores().ledger().replay(hook, new Range(second, second, null), now)).isEqualTo(1);

    List<Claim> claims = claim(now);
    assertThat(ids(claims)).containsExactly("2", "3");
    assertThat(claims.getFirst().failures()).isZero();
    assertThat(
            stores().ledger().events(hook, State.WAITING, Long.MAX_VALUE, 10).getLast().replays())
        .isEqualTo(1);
  }

  @Test
  void aRangeIsReplayedByItsState() {
    add("chat-a", "1", "2", "3");
    deliver(claim(now));
    List<WebhookLedger.Listed> all = stores().ledger().events(hook, null, Long.MAX_VALUE, 10);
    long first = all.get(2).entry().number();
    long second = all.get(1).entry().number();
    Range two = new Range(first, second, State.DELIVERED);

    assertThat(stores().ledger().replay(hook, new Range(first, second, State.DEAD), now)).isZero();
    assertThat(stores().ledger().replay(WebhookId.random(), two, now)).isZero();
    assertThat(stores().ledger().replay(hook, two, now)).isEqualTo(2);
    assertThat(stores().ledger().replay(hook, two, now)).as("they wait").isZero();

    assertThat(ids(claim(now))).containsExactly("1", "2");
  }

  @Test
  void aPausedEndpointKeepsWhatHappens() {
    stores().admin().change(tenant, app, hook, settings(Activity.PAUSED));
    add("chat-a", "1");
    assertThat(claim(now)).isEmpty();

    stores().admin().change(tenant, app, hook, settings(Activity.ACTIVE));

    assertThat(ids(claim(now))).containsExactly("1");
  }

  @Test
  void theLedgerHasEachCall() {
    add("chat-a", "1", "2");
    List<Claim> claims = claim(now);
    List<Waiting> events = eventsOf(claims);
    stores().outbox().delivered(claims, events.subList(0, 1), attempt(now, 200));
    stores().outbox().failed(claims, events.subList(1, 2), attempt(now + 1, 503), until(now));
    stores().outbox().note(attempt(now + 2, 0));

    List<WebhookLedger.Call> calls = stores().ledger().attempts(hook, 0, Long.MAX_VALUE, 10);
    assertThat(calls).extracting(it -> it.attempt().result().status()).containsExactly(0, 503, 200);
    assertThat(calls.getFirst().events()).isEmpty();
    assertThat(calls.get(1).attempt().result())
        .isEqualTo(new WebhookAttempt.Result(12, 503, "reply\uFFFD"));
    long second = events.get(1).number();
    assertThat(stores().ledger().attempts(hook, second, Long.MAX_VALUE, 10))
        .containsExactly(calls.get(1));
    assertThat(stores().ledger().attempts(hook, 0, calls.getFirst().number(), 1))
        .containsExactly(calls.get(1));
    assertThat(stores().ledger().events(hook, State.DELIVERED, Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(stores().ledger().events(hook, null, second, 10)).hasSize(1);
  }

  @Test
  void whatWasSettledLongAgoIsForgotten() {
    add("chat-a", "1");
    deliver(claim(now));
    add("chat-a", "2");

    while (stores().outbox().forget(now + 60_000, now + 60_000)) {
      // until nothing is left
    }

    assertThat(stores().ledger().events(hook, null, Long.MAX_VALUE, 10))
        .extracting(it -> it.entry().sequence())
        .containsExactly(2L);
    assertThat(stores().ledger().attempts(hook, 0, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void manyWorkersTakeEachEventOnce() throws InterruptedException {
    int channels = 40;
    for (int i = 0; i < channels; i++) {
      add("chat-" + i, "a" + i, "b" + i);
    }
    ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                for (List<Claim> mine = claim(now); !mine.isEmpty(); mine = claim(now)) {
                  taken.addAll(ids(mine));
                  deliver(mine);
                }
                done.countDown();
              });
    }
    done.await();
    List<Claim> rest = claim(now);
    taken.addAll(ids(rest));

    assertThat(taken).doesNotHaveDuplicates().hasSize(2 * channels);
  }

  @Test
  void endpointsAreKeptAndFoundInTheirTenantAlone() {
    long before = stores().admin().version();
    WebhookId second = made(settings(Activity.PAUSED));
    TenantId other = stores().directory().createTenant("Other");

    assertThat(stores().admin().version()).isGreaterThan(before);
    assertThat(stores().admin().list(tenant, app))
        .extracting(it -> it.endpoint().id())
        .containsExactlyInAnyOrder(hook, second);
    assertThat(listed().endpoint().settings()).isEqualTo(settings(Activity.ACTIVE));
    assertThat(listed().endpoint().secrets()).isEqualTo(WebhookSecrets.of(SECRET));
    assertThat(stores().admin().all()).contains(listed().endpoint());
    assertThat(stores().admin().list(other, app)).isEmpty();
    assertThat(stores().admin().change(other, app, hook, settings(Activity.PAUSED))).isFalse();
    assertThat(stores().admin().delete(other, app, hook)).isFalse();
    assertThat(stores().admin().create(other, listed().endpoint())).isFalse();
    assertThat(stores().admin().delete(tenant, app, second)).isTrue();
    assertThat(stores().directory().deleteApp(tenant, app)).isTrue();
    assertThat(stores().admin().list(tenant, app)).isEmpty();
  }

  @Test
  void aChangedSecretLeavesTheFormerOneForAWhile() {
    long before = stores().admin().version();
    Secret fresh = Secret.of("whsec_ZnJlc2g=");
    Instant until = Instant.parse("2026-11-22T12:00:00Z");
    TenantId other = stores().directory().createTenant("Other");
    Rotation rotation = new Rotation(fresh, until);

    assertThat(stores().admin().rotate(other, app, hook, rotation)).isFalse();
    assertThat(stores().admin().rotate(tenant, app, hook, rotation)).isTrue();

    WebhookSecrets secrets = listed().endpoint().secrets();
    assertThat(secrets).isEqualTo(new WebhookSecrets(fresh, SECRET, until));
    assertThat(secrets.validAt(until.minusMillis(1))).containsExactly(fresh, SECRET);
    assertThat(secrets.validAt(until)).containsExactly(fresh);
    assertThat(stores().admin().version()).isGreaterThan(before);
  }

  @Test
  void anApplicationHasSoManyEndpointsAndNoMore() {
    for (int i = 1; i < WebhookEndpoint.ENDPOINTS_MAX; i++) {
      made(settings(Activity.ACTIVE));
    }
    WebhookEndpoint beyond =
        new WebhookEndpoint(
            WebhookId.random(),
            app,
            settings(Activity.ACTIVE),
            WebhookSecrets.of(SECRET),
            Instant.EPOCH);

    assertThat(stores().admin().create(tenant, beyond)).isFalse();
  }

  @Test
  void theBookAndTheOutboxChangeTogether() {
    Place room = new Place("chat-a", "");
    Entry entry = new Entry(hook, event("chat-a", "in"));
    Result result = new Result(7, Map.of(room, new Presence(5, 0)), List.of(), List.of(entry));

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                stores()
                    .book()
                    .work(
                        app,
                        pages -> {
                          throw new IllegalStateException("an engine is down");
                        }));
    assertThat(claim(now)).isEmpty();

    assertThat(stores().book().work(app, pages -> result)).isTrue();

    assertThat(ids(claim(now))).containsExactly("in");
    stores()
        .book()
        .work(
            app,
            pages -> {
              assertThat(pages.readTo()).isEqualTo(7);
              assertThat(pages.of(List.of(room, new Place("chat-a", "ann"))))
                  .isEqualTo(Map.of(room, new Presence(5, 0)));
              return new Result(8, Map.of(), List.of(room), List.of());
            });
    stores()
        .book()
        .work(
            app,
            pages -> {
              assertThat(pages.of(List.of(room))).isEmpty();
              return new Result(pages.readTo(), Map.of(), List.of(), List.of());
            });
  }

  @Test
  void oneWorksOnAnApplicationAtATime() {
    Result nothing = new Result(1, Map.of(), List.of(), List.of());
    List<Boolean> others = new ArrayList<>();
    assertThat(stores().book().work(app, pages -> nothing)).isTrue();

    stores()
        .book()
        .work(
            app,
            pages -> {
              Thread other =
                  Thread.ofVirtual()
                      .start(() -> others.add(stores().book().work(app, ignored -> nothing)));
              joined(other);
              return nothing;
            });

    assertThat(others).containsExactly(false);
    AppId unknown = new AppId(UUID.randomUUID().toString());
    assertThat(stores().book().work(unknown, pages -> nothing)).isFalse();
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theBookKnowsWhoIsThereAndWhoHasEnded() {
    Place room = new Place("chat-a", "");
    Place ann = new Place("chat-a", "ann");
    Place bob = new Place("chat-b", "bob");
    Map<Place, Presence> all =
        Map.of(room, new Presence(1, 0), ann, new Presence(2, 900), bob, new Presence(3, 800));
    stores().book().work(app, pages -> new Result(3, all, List.of(), List.of()));

    assertThat(stores().book().due(800)).contains(app);
    assertThat(stores().book().due(799)).doesNotContain(app);
    stores()
        .book()
        .work(
            app,
            pages -> {
              assertThat(pages.ended(1_000, 10)).containsOnlyKeys(ann, bob);
              assertThat(pages.ended(1_000, 1)).containsOnlyKeys(bob);
              assertThat(pages.present(Place.FIRST, 10)).containsExactly(room);
              assertThat(pages.present(room, 10)).isEmpty();
              return new Result(3, Map.of(), List.of(), List.of());
            });
  }

  @Test
  void theBookIsForgottenWhenNobodyAsksForMovements() {
    Result told =
        new Result(3, Map.of(new Place("chat-a", ""), new Presence(1, 0)), List.of(), List.of());
    assertThat(stores().book().work(app, pages -> told)).isTrue();
    WebhookSettings messages =
        new WebhookSettings(
            "hook",
            URI.create("https://example.com/hooks"),
            WebhookFormat.CARILLON,
            new Filter(Set.of(WebhookType.CLIENT_EVENT), ""),
            Sending.USUAL);

    assertThat(stores().admin().change(tenant, app, hook, messages)).isTrue();
    assertThat(stores().book().work(app, pages -> told)).isFalse();
    assertThat(stores().admin().change(tenant, app, hook, settings(Activity.PAUSED))).isTrue();

    stores()
        .book()
        .work(
            app,
            pages -> {
              assertThat(pages.readTo()).isZero();
              assertThat(pages.present(Place.FIRST, 10)).isEmpty();
              return told;
            });
  }
}
