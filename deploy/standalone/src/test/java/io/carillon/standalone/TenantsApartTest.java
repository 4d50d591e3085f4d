package io.carillon.standalone;

import static io.carillon.standalone.ConsoleServer.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.standalone.ConsoleServer.Browser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That strangers may do nothing, over every route of the description, so that a new one is covered
 * without being named here; and what members may do to members. {@code RolesTest} has what each
 * role may.
 */
class TenantsApartTest {
  private static final String TENANT = "/v1/console/tenants/{tenant}";

  @TempDir static Path data;
  private static ConsoleServer server;

  @BeforeAll
  static void start() {
    server = new ConsoleServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Route(String method, String path) {
    String filled(Map<String, String> ids) {
      String filled = path;
      for (Map.Entry<String, String> id : ids.entrySet()) {
        filled = filled.replace("{" + id.getKey() + "}", id.getValue());
      }
      assertThat(filled).as("ids are known for all of %s", path).doesNotContain("{");
      return filled;
    }

    boolean isReading() {
      return method.equals("GET");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Below {@code /v1/console}. */
  private static List<Route> tenantRoutes() throws Exception {
    String description =
        server
            .client
            .send(
                HttpRequest.newBuilder(URI.create(server.url + "/openapi")).build(),
                BodyHandlers.ofString())
            .body();
    List<Route> routes = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(description)) {
      int depth = 0;
      String path = "";
      while (parser.nextToken() != null) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
          depth++;
        } else if (token == JsonToken.END_OBJECT) {
          depth--;
        } else if (token == JsonToken.FIELD_NAME && depth == 2) {
          path = parser.currentName();
        } else if (token == JsonToken.FIELD_NAME && depth == 3 && path.startsWith(TENANT)) {
          routes.add(
              new Route(
                  parser.currentName().toUpperCase(Locale.ROOT),
                  path.substring("/v1/console".length())));
        }
      }
    }
    assertThat(routes).hasSizeGreaterThanOrEqualTo(15);
    return routes;
  }

  /** What the tenant of this owner has. */
  private static Map<String, String> idsOf(Browser owner) throws Exception {
    String member = field(owner.get(owner.inTenant("/members")).body(), "id");
    String invitation =
        field(
            owner
                .send(
                    "POST",
                    owner.inTenant("/invitations"),
                    "{'email':'guest-of-" + owner.tenant + "@example.com','role':'viewer'}")
                .body(),
            "id");
    String app = field(owner.send("POST", owner.inTenant("/apps"), "{'name':'Chat'}").body(), "id");
    HttpResponse<String> made =
        owner.send("POST", owner.inTenant("/apps/" + app + "/keys"), "{'label':'backend'}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    HttpResponse<String> webhook =
        owner.send(
            "POST",
            owner.inTenant("/apps/" + app + "/webhooks"),
            "{'url':'https://example.com/hooks','types':['client_event'],'paused':true}");
    assertThat(webhook.statusCode()).as(webhook.body()).isEqualTo(201);
    return Map.of(
        "tenant",
        owner.tenant,
        "member",
        member,
        "invitation",
        invitation,
        "app",
        app,
        "key",
        field(made.body(), "id"),
        "webhook",
        field(webhook.body(), "id"),
        "pattern",
        "chat:*",
        "channel",
        "presence-chat",
        "connection",
        "1.1");
  }

  @Test
  void aStrangerFindsNothingOfATenant() throws Exception {
    Browser owner = server.signedUp("owner@acme.example");
    Browser stranger = server.signedUp("owner@other.example");
    Map<String, String> ids = idsOf(owner);
    String before = owner.get(owner.inTenant("/audit-log")).body();

    for (Route route : tenantRoutes()) {
      HttpResponse<String> answer =
          stranger.send(route.method(), route.filled(ids), route.isReading() ? "" : "{}");

      assertThat(answer.statusCode()).as("%s: %s", route, answer.body()).isEqualTo(404);
      assertThat(answer.body()).as(route.toString()).contains("\"tenant-unknown\"");
    }
    assertThat(owner.get(owner.inTenant("/audit-log")).body()).isEqualTo(before);
  }

  @Test
  void whatATenantHasIsNotFoundInAnotherOne() throws Exception {
    Browser owner = server.signedUp("owner2@acme.example");
    Browser stranger = server.signedUp("owner2@other.example");
    Map<String, String> ids = new HashMap<>(idsOf(owner));
    ids.put("tenant", stranger.tenant);

    for (Route route : tenantRoutes()) {
      if (route.path().indexOf('{') == route.path().lastIndexOf('{')) {
        continue;
      }
      HttpResponse<String> answer =
          stranger.send(
              route.method(),
              route.filled(ids),
              route.isReading() ? "" : "{'name':'n','label':'l','role':'viewer'}");

      assertThat(answer.statusCode()).as("%s: %s", route, answer.body()).isIn(400, 404);
      if (!answer.body().contains("unknown (expected")) {
        assertThat(answer.body()).as(route.toString()).containsPattern("\"[a-z-]+-unknown\"");
      }
    }
    assertThat(owner.get(owner.inTenant("/apps")).body()).contains("\"Chat\"");
  }

  @Test
  void nobodyIsLetInWithoutASession() throws Exception {
    Map<String, String> ids = idsOf(server.signedUp("owner3@acme.example"));
    Browser nobody = server.browser();

    for (Route route : tenantRoutes()) {
      HttpResponse<String> answer =
          nobody.send(route.method(), route.filled(ids), route.isReading() ? "" : "{}");
      assertThat(answer.statusCode()).as("%s: %s", route, answer.body()).isEqualTo(401);
    }
  }

  @Test
  void nobodyGivesOrTakesMoreThanTheyAre() throws Exception {
    Browser owner = server.signedUp("owner5@acme.example");
    Browser admin = server.invited(owner, "admin5@acme.example", "admin");
    Browser developer = server.invited(owner, "developer5@acme.example", "developer");
    String ownerId = field(owner.get(owner.inTenant("/members")).body(), "id");
    String toOwner = owner.inTenant("/members/" + ownerId);

    assertThat(admin.send("PATCH", toOwner, "{'role':'viewer'}").statusCode()).isEqualTo(403);
    assertThat(admin.send("DELETE", toOwner, "").statusCode()).isEqualTo(403);
    assertThat(
            admin
                .send(
                    "POST",
                    admin.inTenant("/invitations"),
                    "{'email':'x5@example.com','role':'owner'}")
                .statusCode())
        .isEqualTo(403);
    assertThat(developer.send("POST", developer.inTenant("/apps"), "{'name':'Mine'}").statusCode())
        .isEqualTo(201);
    assertThat(developer.get(developer.inTenant("/audit-log")).statusCode()).isEqualTo(403);

    HttpResponse<String> last = owner.send("DELETE", toOwner, "");
    assertThat(last.statusCode()).isEqualTo(409);
    assertThat(last.body()).contains("\"last-owner\"");
    assertThat(owner.send("PATCH", toOwner, "{'role':'boss'}").body()).contains("\"/role\"");
  }

  @Test
  void whoIsRemovedIsOutAtOnce() throws Exception {
    Browser owner = server.signedUp("owner6@acme.example");
    Browser viewer = server.invited(owner, "viewer6@acme.example", "viewer");
    String members = viewer.get(viewer.inTenant("/members")).body();
    String self =
        field(members.substring(members.indexOf("viewer6") - 60).replaceFirst("^[^{]*", ""), "id");

    assertThat(viewer.send("DELETE", viewer.inTenant("/members/" + self), "").statusCode())
        .isEqualTo(200);
    assertThat(viewer.get(viewer.inTenant("")).statusCode()).isEqualTo(404);
    assertThat(owner.get(owner.inTenant("/members")).body()).doesNotContain("viewer6");
  }

  @Test
  void theLogSaysWhoDidWhatFromWhere() throws Exception {
    Browser owner = server.signedUp("owner7@acme.example");
    Browser admin = server.invited(owner, "admin7@acme.example", "admin");
    admin.send("PATCH", admin.inTenant(""), "{'name':'Acme Ltd'}");
    String made = admin.send("POST", admin.inTenant("/apps"), "{'name':'Chat'}").body();
    String key =
        admin
            .send(
                "POST",
                admin.inTenant("/apps/" + field(made, "id") + "/keys"),
                "{'label':'backend'}")
            .body();

    String log = owner.get(owner.inTenant("/audit-log")).body();

    assertThat(log)
        .contains(
            "\"tenant.created\"",
            "\"member.invited\"",
            "\"member.joined\"",
            "\"tenant.renamed\"",
            "\"app.created\"",
            "\"key.created\"")
        .contains("admin7@acme.example", admin.address, "Tenant of owner7", "Acme Ltd")
        .doesNotContain(field(key, "secret"));
    String page = owner.get(owner.inTenant("/audit-log?limit=2")).body();
    assertThat(page).contains("\"key.created\"", "\"app.created\"").doesNotContain("renamed");
    String next =
        owner.get(owner.inTenant("/audit-log?limit=2&cursor=" + field(page, "cursor"))).body();
    assertThat(next).contains("\"tenant.renamed\"").doesNotContain("\"app.created\"");
    assertThat(owner.get(owner.inTenant("/audit-log?cursor=x")).body()).contains("cursor-invalid");
  }

  @Test
  void anInvitationIsForItsAddressAlone() throws Exception {
    Browser owner = server.signedUp("owner8@acme.example");
    Browser other = server.signedUp("other8@acme.example");
    owner.send(
        "POST", owner.inTenant("/invitations"), "{'email':'right8@example.com','role':'admin'}");
    String token = server.mailedToken("right8@example.com", "invitation");

    HttpResponse<String> stolen =
        other.send("POST", "/invitations/accept", "{'token':'%s'}".formatted(token));

    assertThat(stolen.statusCode()).isEqualTo(400);
    assertThat(stolen.body()).contains("\"link-invalid\"");
    Browser right = server.signedUp("right8@example.com");
    assertThat(
            right
                .send("POST", "/invitations/accept", "{'token':'%s'}".formatted(token))
                .statusCode())
        .isEqualTo(200);
    right.tenant = owner.tenant;
    assertThat(right.get(right.inTenant("")).body()).contains("\"admin\"");
  }
}
