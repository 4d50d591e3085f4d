package io.carillon.standalone.attack;

import static io.carillon.standalone.ConsoleServer.field;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import io.carillon.standalone.ConsoleServer.Browser;
import io.carillon.standalone.attack.DescribedRoutes.Route;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Somebody comes to a route with what opens another one: a member's session or access token with
 * the routes of backends and operators, a program's token with what is a person's alone, nothing
 * with all of them. {@link RolesTest} has the routes of tenants.
 */
@ExtendWith(AttackedServer.class)
class CredentialsTest {
  /** What has to be shown, and the routes that change something with it. */
  private static final String TABLE =
      """
      nothing  POST /v1/console/accounts
      nothing  POST /v1/console/verifications
      nothing  POST /v1/console/password/reset-requests
      nothing  POST /v1/console/password/resets
      nothing  POST /v1/console/session
      nothing  POST /v1/console/session/second-step
      session  DELETE /v1/console/session
      session  PUT /v1/console/password
      session  POST /v1/console/tenants
      session  POST /v1/console/invitations/accept
      session  POST /v1/console/access-tokens
      session  DELETE /v1/console/access-tokens/{token}
      session  POST /v1/console/account/deletion
      session  POST /v1/console/account/second-factor
      session  POST /v1/console/account/second-factor/confirmation
      session  POST /v1/console/account/second-factor/removal
      session  DELETE /v1/console/account/sessions
      operator PUT /v1/operator/apps/{app}/plan
      operator PUT /v1/operator/plans/{plan}
      operator DELETE /v1/operator/plans/{plan}
      operator PUT /v1/operator/teams/{tenant}/plan
      key      POST /v1/channels/{channel}/messages
      key      POST /v1/messages
      key      POST /v1/users/messages
      key      POST /v1/users/{user}/messages
      key      POST /v1/users/{user}/disconnect
      key      POST /v1/tokens
      key      POST /v1/tokens/revoke
      key      POST /v1/permissions/explain
      key      PUT /v1/rules/{pattern}
      key      DELETE /v1/rules/{pattern}
      """;

  private final ConsoleServer server;

  CredentialsTest(ConsoleServer server) {
    this.server = server;
  }

  /** What has to be shown, by route. */
  private static Map<String, String> table() {
    Map<String, String> table = new HashMap<>();
    TABLE.lines().map(line -> line.split(" +", 2)).forEach(row -> table.put(row[1], row[0]));
    return table;
  }

  private List<Route> writing() throws Exception {
    return DescribedRoutes.of(server).stream()
        .filter(route -> !route.method().equals("GET"))
        .filter(route -> !route.path().startsWith("/v1/console/tenants/{tenant}"))
        .toList();
  }

  private HttpResponse<String> send(Route route, @Nullable String name, String value)
      throws Exception {
    String path = route.path().replaceAll("\\{\\w+}", "1");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url + path))
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", server.browser().address)
            .method(route.method(), BodyPublishers.ofString("{}"));
    if (name != null) {
      request.header(name, value);
    }
    return server.client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void everyRouteThatChangesSomethingIsInTheTable() throws Exception {
    Set<String> described = new HashSet<>();
    writing().forEach(route -> described.add(route.toString()));

    assertThat(table().keySet())
        .as("of a new route has to be said here what is shown to it")
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void withoutAnythingOnlyTheDoorsAreOpen() throws Exception {
    Map<String, String> table = table();
    for (Route route : writing()) {
      HttpResponse<String> answer = send(route, null, "");
      boolean open = "nothing".equals(table.get(route.toString()));

      assertThat(answer.statusCode())
          .as("%s: %s", route, answer.body())
          .isEqualTo(open ? 400 : 401);
    }
  }

  @Test
  void aSessionOpensNothingOfBackendsAndOperators() throws Exception {
    Browser owner = server.signedUp("owner@credentials.example");
    Map<String, String> table = table();
    for (Route route : writing()) {
      String shown = requireNonNull(table.get(route.toString()), route.toString());
      if (shown.equals("key") || shown.equals("operator")) {
        HttpResponse<String> answer = send(route, "cookie", String.valueOf(owner.cookie));

        assertThat(answer.statusCode()).as("%s: %s", route, answer.body()).isEqualTo(401);
      }
    }
  }

  @Test
  void anAccessTokenOpensNothingOfPeopleBackendsAndOperators() throws Exception {
    Browser owner = server.signedUp("owner2@credentials.example");
    String made = owner.send("POST", "/access-tokens", "{'label':'t','role':'admin'}").body();
    String bearer = "Bearer " + field(made, "secret");
    String before = owner.get("/access-tokens").body();
    Map<String, String> table = table();
    for (Route route : writing()) {
      String shown = requireNonNull(table.get(route.toString()), route.toString());
      if (!shown.equals("nothing")) {
        HttpResponse<String> answer = send(route, "authorization", bearer);

        assertThat(answer.statusCode())
            .as("%s: %s", route, answer.body())
            .isEqualTo(shown.equals("session") ? 403 : 401);
        if (shown.equals("session")) {
          assertThat(answer.body()).as(route.toString()).contains("\"access-token-denied\"");
        }
      }
    }
    assertThat(owner.get("/access-tokens").body().replaceAll(",\"lastUsedAt\":\"[^\"]*\"", ""))
        .isEqualTo(before);
  }
}
