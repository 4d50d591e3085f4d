package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Line 11 of the conformance list. */
@WithCarillon
class WatchlistTest {
  private static final String EVENTS = "pusher_internal:watchlist_events";

  @Test
  void theWatcherHearsWhoIsOnlineWhoComesAndWhoGoes(TestApp app) {
    RawSocket bob = app.user("bob");

    RawSocket ann = watcher(app, "ann", List.of("bob", "cid"));
    assertThat(changes(ann.await(EVENTS))).isEqualTo("online bob");
    RawSocket cid = app.user("cid");
    assertThat(changes(ann.await(EVENTS))).isEqualTo("online cid");
    bob.close();
    assertThat(changes(ann.await(EVENTS))).isEqualTo("offline bob");
    cid.abort();
    assertThat(changes(ann.await(EVENTS))).isEqualTo("offline cid");
  }

  @Test
  void aUserIsOnlineUntilTheLastConnectionIsGone(TestApp app) {
    RawSocket ann = watcher(app, "ann", List.of("bob", "marker"));
    RawSocket one = app.user("bob");
    assertThat(changes(ann.await(EVENTS))).isEqualTo("online bob");

    app.user("bob").close();
    app.user("marker");
    assertThat(changes(ann.await(EVENTS))).isEqualTo("online marker");
    one.close();

    assertThat(changes(ann.await(EVENTS))).isEqualTo("offline bob");
  }

  @Test
  void nobodyHearsOfUsersWhoAreNotOnTheList(TestApp app) {
    RawSocket ann = watcher(app, "ann", List.of("marker"));

    app.user("bob");
    app.user("marker");

    assertThat(changes(ann.await(EVENTS))).isEqualTo("online marker");
    assertThat(ann.heard(EVENTS)).hasSize(1);
  }

  @Test
  void of101IdsTheFirst100AreWatchedAndTheClientIsTold4302(TestApp app) {
    List<String> ids = IntStream.rangeClosed(1, 101).mapToObj(i -> "user-" + i).toList();

    RawSocket ann = watcher(app, "ann", ids);

    assertThat(ann.await("pusher:error").json().at("/data/code").intValue()).isEqualTo(4302);
    app.user("user-101");
    app.user("user-100");
    assertThat(changes(ann.await(EVENTS))).isEqualTo("online user-100");
    ann.assertAlive();
    assertThat(ann.heard(EVENTS)).hasSize(1);
  }

  private static RawSocket watcher(TestApp app, String id, List<String> watchlist) {
    RawSocket socket = app.connect();
    app.signIn(socket, Json.object("id", id, "watchlist", watchlist));
    socket.await("pusher:signin_success");
    return socket;
  }

  private static String changes(Frame frame) {
    assertThat(frame.channel()).isNull();
    StringBuilder text = new StringBuilder();
    for (var event : frame.data().get("events")) {
      text.append(event.get("name").textValue());
      event.get("user_ids").forEach(id -> text.append(' ').append(id.textValue()));
    }
    return text.toString();
  }
}
