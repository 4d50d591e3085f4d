package io.carillon.standalone.attack;

import static io.carillon.standalone.ConsoleServer.field;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.TeamRole;
import io.carillon.standalone.ConsoleServer;
import io.carillon.standalone.ConsoleServer.Browser;
import io.carillon.standalone.attack.DescribedRoutes.Route;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A member does what is for those who are more. Every route of a tenant stands in one table with
 * the least role that may use it; one that is described and not in the table fails, so that whoever
 * adds a route decides for whom it is.
 */
@ExtendWith(AttackedServer.class)
class RolesTest {
  private static final String TENANT = "/v1/console/tenants/{tenant}";

  /** The least role, the route behind {@link #TENANT}, and a body that succeeds. */
  private static final String TABLE =
      """
      viewer    GET /
      admin     PATCH / {'name':'Renamed'}
      owner     POST /deletion {'name':'Renamed'}
      admin     GET /audit-log
      viewer    GET /usage
      viewer    GET /members
      admin     PATCH /members/{member} {'role':'developer'}
      admin     DELETE /members/{member}
      admin     GET /invitations
      admin     POST /invitations {'email':'$unique@example.com','role':'viewer'}
      admin     DELETE /invitations/{invitation}
      developer POST /apply {'apps':[{'name':'$unique'}]}
      viewer    GET /apps
      developer POST /apps {'name':'$unique'}
      viewer    GET /apps/{app}
      developer PATCH /apps/{app} {'name':'$unique','clientEvents':true}
      admin     DELETE /apps/{app}
      viewer    GET /apps/{app}/usage
      viewer    GET /apps/{app}/limits
      developer PUT /apps/{app}/limits {'connections':5}
      viewer    GET /apps/{app}/keys
      developer POST /apps/{app}/keys {'label':'new'}
      viewer    GET /apps/{app}/keys/{key}
      developer PATCH /apps/{app}/keys/{key} {'label':'changed'}
      developer DELETE /apps/{app}/keys/{key}
      viewer    GET /apps/{app}/keys/{key}/connections
      viewer    GET /apps/{app}/keys/{key}/programs
      developer POST /apps/{app}/keys/{key}/rotation {'overlapSeconds':60}
      viewer    GET /apps/{app}/rules
      viewer    GET /apps/{app}/rules/match?channel=chat:1
      developer PUT /apps/{app}/rules/{pattern} {'historyDays':3}
      developer DELETE /apps/{app}/rules/{pattern}
      viewer    GET /apps/{app}/webhooks
      developer POST /apps/{app}/webhooks {'url':'https://example.com/new','types':['client_event'],'paused':true}
      developer PATCH /apps/{app}/webhooks/{webhook} {'label':'changed'}
      developer DELETE /apps/{app}/webhooks/{webhook}
      developer POST /apps/{app}/webhooks/{webhook}/secret {}
      developer POST /apps/{app}/webhooks/{webhook}/test
      developer POST /apps/{app}/webhooks/{webhook}/replays {}
      viewer    GET /apps/{app}/webhooks/{webhook}/events
      viewer    GET /apps/{app}/webhooks/{webhook}/attempts
      viewer    GET /apps/{app}/connections
      developer DELETE /apps/{app}/connections/{connection}
      viewer    GET /apps/{app}/refusals
      viewer    GET /apps/{app}/traces
      developer POST /apps/{app}/traces/samplings {'pattern':'chat:*'}
      viewer    GET /apps/{app}/channels
      developer GET /apps/{app}/channels/{channel}/members
      developer GET /apps/{app}/channels/{channel}/messages
      developer POST /apps/{app}/permissions/explain {'operation':'publish','channel':'chat:1'}
      """;

  private static final String ENDED = "DELETE " + TENANT + "/apps/{app}/connections/{connection}";

  private final ConsoleServer server;
  private int made;

  RolesTest(ConsoleServer server) {
    this.server = server;
  }

  /** A line of the table. */
  private record Use(TeamRole least, String method, String target, String body) {
    static Use of(String line) {
      String[] words = line.strip().split("\\s+", 4);
      return new Use(
          requireNonNull(TeamRole.ofWord(words[0]), line),
          words[1],
          TENANT + (words[2].equals("/") ? "" : words[2]),
          words.length == 4 ? words[3] : "");
    }

    String route() {
      return method + " " + target.replaceFirst("\\?.*", "");
    }

    boolean isLast() {
      return route().equals("POST " + TENANT + "/deletion");
    }
  }

  /** A team with a member of each role, and access tokens of its owner that are as much at most. */
  private record Cast(Map<TeamRole, Browser> members, Map<TeamRole, String> tokens) {
    Browser owner() {
      return member(TeamRole.OWNER);
    }

    Browser member(TeamRole role) {
      return requireNonNull(members.get(role), "every role has one");
    }
  }

  private static List<Use> table() {
    return TABLE.lines().map(Use::of).sorted(Comparator.comparing(Use::isLast)).toList();
  }

  private Cast cast(String name) throws Exception {
    Map<TeamRole, Browser> members = new EnumMap<>(TeamRole.class);
    Map<TeamRole, String> tokens = new EnumMap<>(TeamRole.class);
    Browser owner = server.signedUp("owner@" + name + ".example");
    members.put(TeamRole.OWNER, owner);
    for (TeamRole role : List.of(TeamRole.ADMIN, TeamRole.DEVELOPER, TeamRole.VIEWER)) {
      String word = role.word();
      members.put(role, server.invited(owner, word + "@" + name + ".example", word));
      String token =
          owner.send("POST", "/access-tokens", "{'label':'t','role':'" + word + "'}").body();
      tokens.put(role, field(token, "secret"));
    }
    return new Cast(members, tokens);
  }

  private String unique() {
    made++;
    return "thing" + made;
  }

  private String id(Browser by, String path, String body) throws Exception {
    HttpResponse<String> answer = by.send("POST", by.inTenant(path), body);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(201);
    return field(answer.body(), "id");
  }

  /** Something of the team for each name in the route, which nobody has changed yet. */
  private Map<String, String> ids(Cast cast, Use use) throws Exception {
    Browser owner = cast.owner();
    Map<String, String> ids = new HashMap<>();
    ids.put("tenant", owner.tenant);
    ids.put("pattern", "chat:*");
    ids.put("channel", "presence-chat");
    ids.put("connection", "1.1");
    if (use.target().contains("{member}")) {
      String email = unique() + "@example.com";
      server.invited(owner, email, "viewer");
      String members = owner.get(owner.inTenant("/members")).body();
      String before = members.substring(0, members.indexOf(email));
      ids.put("member", field(before.substring(before.lastIndexOf('{')) + "\"}", "id"));
    }
    if (use.target().contains("{invitation}")) {
      String guest = "{'email':'" + unique() + "@example.com','role':'viewer'}";
      ids.put("invitation", id(owner, "/invitations", guest));
    }
    if (use.target().contains("{app}")) {
      String app = id(owner, "/apps", "{'name':'" + unique() + "'}");
      String inApp = "/apps/" + app;
      ids.put("app", app);
      ids.put("key", id(owner, inApp + "/keys", "{'label':'backend'}"));
      // nothing is ever called there: it is not an address of the internet
      String hook = "{'url':'https://127.0.0.1/hooks','types':['client_event'],'paused':true}";
      ids.put("webhook", id(owner, inApp + "/webhooks", hook));
      assertThat(owner.send("PUT", owner.inTenant(inApp + "/rules/chat:*"), "{}").statusCode())
          .isLessThan(300);
    }
    return ids;
  }

  private static String filled(String path, Map<String, String> ids) {
    String filled = path.substring("/v1/console".length());
    for (Map.Entry<String, String> id : ids.entrySet()) {
      filled = filled.replace("{" + id.getKey() + "}", id.getValue());
    }
    assertThat(filled).as("ids are known for all of %s", path).doesNotContain("{");
    return filled;
  }

  /** What can be seen of what members may change. */
  private static Map<String, String> state(Cast cast, @Nullable String app) throws Exception {
    List<String> paths =
        new ArrayList<>(List.of("", "/members", "/invitations", "/apps", "/audit-log?limit=5"));
    if (app != null) {
      for (String part : List.of("", "/keys", "/rules", "/webhooks")) {
        paths.add("/apps/" + app + part);
      }
    }
    Map<String, String> state = new LinkedHashMap<>();
    for (String path : paths) {
      HttpResponse<String> answer = cast.owner().get(cast.owner().inTenant(path));
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      state.put(path, answer.body());
    }
    return state;
  }

  private HttpResponse<String> byToken(Cast cast, TeamRole role, String[] call) throws Exception {
    Browser program = server.browser();
    return program.send(
        program
            .request(call[0], call[1], call[2])
            .header("authorization", "Bearer " + cast.tokens().get(role)));
  }

  private void assertDenied(String who, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s: %s", who, answer.body()).isEqualTo(403);
    assertThat(answer.body()).as(who).contains("\"role-denied\"");
  }

  private void tryAll(Cast cast, Use use) throws Exception {
    Map<String, String> ids = ids(cast, use);
    String[] call = call(use, ids);
    if (use.least() != TeamRole.VIEWER) {
      tryLesser(cast, use, ids.get("app"), call);
    }
    assertDone(use, cast.member(use.least()).send(call[0], call[1], call[2]));
    if (use.least() != TeamRole.OWNER) {
      boolean reading = use.method().equals("GET");
      assertDone(use, byToken(cast, use.least(), reading ? call : call(use, ids(cast, use))));
    }
  }

  private void tryLesser(Cast cast, Use use, @Nullable String app, String[] call) throws Exception {
    Map<String, String> before = state(cast, app);
    for (TeamRole role : TeamRole.values()) {
      if (!role.isAtLeast(use.least())) {
        assertDenied(role + " " + use, cast.member(role).send(call[0], call[1], call[2]));
        assertDenied(role + "'s token " + use, byToken(cast, role, call));
      }
    }
    assertThat(state(cast, app)).as(use.route()).isEqualTo(before);
  }

  /** Method, path and body. */
  private String[] call(Use use, Map<String, String> ids) {
    return new String[] {
      use.method(), filled(use.target(), ids), use.body().replace("$unique", unique())
    };
  }

  private static void assertDone(Use use, HttpResponse<String> answer) {
    if (use.route().equals(ENDED)) {
      assertThat(answer.body()).contains("\"connection-unknown\"");
    } else {
      assertThat(answer.statusCode()).as("%s: %s", use, answer.body()).isBetween(200, 299);
    }
  }

  @Test
  void everyRouteOfATenantHasALeastRole() throws Exception {
    List<String> described = new ArrayList<>();
    for (Route route : DescribedRoutes.of(server)) {
      if (route.path().startsWith(TENANT)) {
        described.add(route.toString());
      }
    }

    assertThat(table().stream().map(Use::route))
        .as("a new route has to be given a least role here")
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void whoIsLessIsRefusedAndChangesNothing() throws Exception {
    Cast cast = cast("roles");
    for (Use use : table()) {
      tryAll(cast, use);
    }
  }

  /** No token is an owner's, so those routes say that they want a session. */
  @Test
  void theDescriptionSaysWhereAccessTokensCount() throws Exception {
    Map<String, Use> uses = new HashMap<>();
    table().forEach(use -> uses.put(use.route(), use));
    for (Route route : DescribedRoutes.of(server)) {
      Use use = uses.get(route.toString());
      if (use != null) {
        List<String> both = List.of("session", "accessToken");
        assertThat(route.credentials())
            .as(route.toString())
            .isEqualTo(use.least() == TeamRole.OWNER ? List.of("session") : both);
      }
    }
  }

  @Test
  void aDeveloperDeletesNoAppsByADeclaration() throws Exception {
    Cast cast = cast("pruning");
    id(cast.owner(), "/apps", "{'name':'Precious'}");
    Map<String, String> before = state(cast, null);
    String path = cast.owner().inTenant("/apply");
    String prune = "{'apps':[{'name':'Mine'}],'prune':true}";

    assertDenied("developer", cast.member(TeamRole.DEVELOPER).send("POST", path, prune));
    assertDenied("token", byToken(cast, TeamRole.DEVELOPER, new String[] {"POST", path, prune}));

    assertThat(state(cast, null)).isEqualTo(before);
    assertThat(cast.member(TeamRole.ADMIN).send("POST", path, prune).statusCode()).isEqualTo(200);
    assertThat(cast.owner().get(cast.owner().inTenant("/apps")).body()).doesNotContain("Precious");
  }
}
