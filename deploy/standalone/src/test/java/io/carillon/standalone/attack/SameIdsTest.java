package io.carillon.standalone.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import io.carillon.standalone.ConsoleServer.Browser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two teams, of which one has two applications, publish to channels of the same names with the same
 * ids at the same time: each is published, and none is taken for a repeat of another one's. (The
 * Pusher HTTP API has no ids.)
 */
@ExtendWith(AttackedServer.class)
class SameIdsTest {
  private final ConsoleServer server;

  SameIdsTest(ConsoleServer server) {
    this.server = server;
  }

  private List<TeamApp> apps(String name) throws Exception {
    Browser one = server.signedUp("one@" + name + ".example");
    Browser two = server.signedUp("two@" + name + ".example");
    return List.of(
        TeamApp.made(server, one, "Chat"),
        TeamApp.made(server, one, "Chat"),
        TeamApp.made(server, two, "Chat"));
  }

  private static void heardAlone(List<TeamApp> apps, String channel) throws Exception {
    for (TeamApp app : apps) {
      assertThat(app.ok("GET", "/channels/" + channel + "/messages", ""))
          .contains("of " + app.id())
          .doesNotContain(
              apps.stream().filter(it -> !it.equals(app)).map(it -> "of " + it.id()).toList());
    }
  }

  @Test
  void ofSingleMessagesAreEachOnesOwn() throws Exception {
    List<TeamApp> apps = apps("single");
    String path = "/channels/news/messages";
    for (TeamApp app : apps) {
      String withId = "{'name':'n','data':'of %s','id':'one-id'}".formatted(app.id());
      String withKey = "{'name':'n','data':'x'}";

      assertThat(app.ok("POST", path, withId)).contains("\"duplicate\":false", "\"offset\":1");
      assertThat(app.ok("POST", path, withKey, "idempotency-key", "one-key"))
          .contains("\"duplicate\":false", "\"offset\":2");
      assertThat(app.ok("POST", path, withId)).contains("\"duplicate\":true", "\"offset\":1");
      assertThat(app.ok("POST", path, withKey, "idempotency-key", "one-key"))
          .contains("\"duplicate\":true", "\"offset\":2");
    }
    heardAlone(apps, "news");
  }

  @Test
  void ofBatchesAreEachOnesOwn() throws Exception {
    List<TeamApp> apps = apps("batch");
    for (TeamApp app : apps) {
      String batch =
          ("{'messages':[{'channel':'news','name':'n','data':'of %1$s','id':'one-id'},"
                  + "{'channels':['news','kept:a'],'name':'n','data':'of %1$s','id':'two-id'}]}")
              .formatted(app.id());

      assertThat(app.ok("POST", "/messages", batch))
          .contains("\"duplicate\":false")
          .doesNotContain("\"duplicate\":true");
      assertThat(app.ok("POST", "/messages", batch))
          .contains("\"duplicate\":true")
          .doesNotContain("\"duplicate\":false");
    }
    heardAlone(apps, "news");
    heardAlone(apps, "kept:a");
  }

  /** One door's ids count at the other doors of the same application, and nowhere else. */
  @Test
  void ofUsersAreEachOnesOwn() throws Exception {
    for (TeamApp app : apps("users")) {
      String message = "{'name':'n','data':'x','id':'one-id'}";

      assertThat(app.ok("POST", "/users/ann/messages", message)).contains("\"duplicate\":false");
      assertThat(app.ok("POST", "/users/ann/messages", message)).contains("\"duplicate\":true");
    }
  }
}
