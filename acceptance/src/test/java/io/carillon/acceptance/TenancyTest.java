package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import org.junit.jupiter.api.Test;

/** Two tenants with equal channel names, users and members have nothing in common. */
@WithCarillon
class TenancyTest {
  @Test
  void messagesStayWithTheirTenant(TestApp one, TestApp two) {
    RawSocket first = one.subscriber("news");
    RawSocket second = two.subscriber("news");

    one.rest().publish("news", "greeting", "of one");
    two.rest().publish("news", "greeting", "of two");
    one.rest().publish("news", "marker", "");
    two.rest().publish("news", "marker", "");

    first.await("marker");
    second.await("marker");
    assertThat(first.heard("greeting"))
        .singleElement()
        .satisfies(frame -> assertThat(frame.text()).isEqualTo("of one"));
    assertThat(second.heard("greeting"))
        .singleElement()
        .satisfies(frame -> assertThat(frame.text()).isEqualTo("of two"));
  }

  @Test
  void clientEventsStayWithTheirTenant(TestApp one, TestApp two) {
    RawSocket sender = one.subscriber("private-room");
    RawSocket listener = one.subscriber("private-room");
    RawSocket foreigner = two.subscriber("private-room");

    sender.sendClientEvent("client-typing", "private-room", "x");
    listener.await("client-typing");
    two.rest().publish("private-room", "marker", "");

    foreigner.await("marker");
    assertThat(foreigner.heard("client-typing")).isEmpty();
  }

  @Test
  void cachedEventsStayWithTheirTenant(TestApp one, TestApp two) {
    one.rest().publish("cache-a", "greeting", "of one");

    RawSocket socket = two.subscriber("cache-a");

    socket.await("pusher:cache_miss", "cache-a");
    assertThat(two.rest().get("/channels/cache-a", "info", "cache").json().get("cache").isNull())
        .isTrue();
  }

  @Test
  void membersAndCountsStayWithTheirTenant(TestApp one, TestApp two) {
    RawSocket first = one.member("presence-room", "ann");

    two.member("presence-room", "bob");
    RawSocket second = two.connect();
    var succeeded = two.subscribe(second, "presence-room", Json.object("user_id", "ann"));

    assertThat(succeeded.data().at("/presence/count").intValue()).isEqualTo(2);
    first.assertAlive();
    assertThat(first.heard("pusher_internal:member_added")).isEmpty();
    assertThat(one.rest().get("/channels/presence-room/users").body())
        .isEqualTo("{\"users\":[{\"id\":\"ann\"}]}");
    assertThat(one.rest().get("/channels/presence-room", "info", "user_count").json())
        .isEqualTo(Json.parse("{\"occupied\":true,\"user_count\":1}"));
  }

  @Test
  void subscriptionCountsStayWithTheirTenant(TestApp one, TestApp two) {
    RawSocket first = one.subscriber("news");
    two.subscriber("news");
    two.subscriber("news");

    one.rest().publish("news", "marker", "");
    first.await("marker");

    assertThat(first.heard("pusher_internal:subscription_count"))
        .allMatch(frame -> frame.data().get("subscription_count").intValue() == 1);
    assertThat(one.rest().get("/channels/news", "info", "subscription_count").json())
        .isEqualTo(Json.parse("{\"occupied\":true,\"subscription_count\":1}"));
  }

  @Test
  void theListsOfChannelsAreTheTenantsOwn(TestApp one, TestApp two) {
    one.subscriber("only-one");
    two.subscriber("only-two");

    assertThat(one.rest().get("/channels").body()).isEqualTo("{\"channels\":{\"only-one\":{}}}");
    assertThat(two.rest().get("/channels").body()).isEqualTo("{\"channels\":{\"only-two\":{}}}");
  }

  @Test
  void usersStayWithTheirTenant(TestApp one, TestApp two) {
    RawSocket annOfOne = one.user("ann");
    RawSocket annOfTwo = two.user("ann");
    one.subscribe(annOfOne, "#server-to-user-ann");
    two.subscribe(annOfTwo, "#server-to-user-ann");

    one.rest().publish("#server-to-user-ann", "hint", "of one");
    two.rest().publish("#server-to-user-ann", "marker", "");
    annOfTwo.await("marker");
    assertThat(annOfTwo.heard("hint")).isEmpty();

    one.rest().post("/users/ann/terminate_connections", "{}");
    assertThat(annOfOne.awaitClose().code()).isEqualTo(4009);
    annOfTwo.assertAlive();
  }

  @Test
  void watchlistsSeeTheTenantsOwnUsersOnly(TestApp one, TestApp two) {
    RawSocket watcher = one.connect();
    one.signIn(watcher, "{\"id\":\"ann\",\"watchlist\":[\"bob\",\"marker\"]}");
    watcher.await("pusher:signin_success");

    two.user("bob");
    one.user("marker");

    var events = watcher.await("pusher_internal:watchlist_events").data();
    assertThat(events.at("/events/0/user_ids/0").textValue()).isEqualTo("marker");
  }

  @Test
  void aSocketIdOfAnotherTenantExcludesNobody(TestApp one, TestApp two) {
    RawSocket first = one.subscriber("news");
    RawSocket second = two.subscriber("news");

    one.rest().publish("news", "greeting", "x", "socket_id", second.socketId());

    first.await("greeting");
  }
}
