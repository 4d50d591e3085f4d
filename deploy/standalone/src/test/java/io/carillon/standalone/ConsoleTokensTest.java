package io.carillon.standalone;

import static io.carillon.standalone.ConsoleServer.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer.Browser;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access tokens: what programs may do with them in the console's API, and what not. */
class ConsoleTokensTest {
  private static final String TOKENS = "/access-tokens";

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

  private static String made(Browser by, String role, String more) throws Exception {
    HttpResponse<String> made =
        by.send("POST", TOKENS, "{'label':'ci','role':'" + role + "'" + more + "}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String secret = field(made.body(), "secret");
    assertThat(secret).matches("carillon_pat_[A-Za-z0-9_-]{43}");
    assertThat(by.get(TOKENS).body()).contains("\"ci\"").doesNotContain(secret);
    return secret;
  }

  /** What a program does: no cookie, and nothing of what browsers send. */
  private static HttpResponse<String> call(String token, String method, String path, String body)
      throws Exception {
    return server.client.send(
        server
            .browser()
            .request(method, path, body)
            .header("authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void aTokenStandsForItsOwnerUntilItIsRevoked() throws Exception {
    Browser anna = server.signedUp("anna@tokens.example");
    String token = made(anna, "admin", "");
    String apps = anna.inTenant("/apps");

    assertThat(call(token, "GET", "/session", "").body())
        .contains("anna@tokens.example", "\"admin\"")
        .doesNotContain("\"owner\"");
    HttpResponse<String> app = call(token, "POST", apps, "{'name':'By a program'}");
    assertThat(app.statusCode()).as(app.body()).isEqualTo(201);
    assertThat(anna.get(TOKENS).body()).contains("lastUsedAt");
    assertThat(anna.get(anna.inTenant("/audit-log")).body())
        .contains("\"token\":\"ci\"", "\"token.created\"");

    String id = field(anna.get(TOKENS).body().replaceFirst(".*?tokens", "{\"x"), "id");
    assertThat(anna.send("DELETE", TOKENS + "/" + id, "").statusCode()).isEqualTo(200);
    assertThat(call(token, "GET", apps, "").body()).contains("\"access-token-invalid\"");
    assertThat(call(token, "GET", apps, "").statusCode()).isEqualTo(401);
    assertThat(anna.send("DELETE", TOKENS + "/" + id, "").statusCode()).isEqualTo(404);
  }

  @Test
  void itsRoleIsACeilingAndItsTenantTheOnlyOne() throws Exception {
    Browser bert = server.signedUp("bert@tokens.example");
    String other = field(bert.send("POST", "/tenants", "{'name':'Another'}").body(), "id");
    String token = made(bert, "viewer", ",'tenant':'" + bert.tenant + "','days':365");

    assertThat(call(token, "GET", bert.inTenant("/apps"), "").statusCode()).isEqualTo(200);
    assertThat(call(token, "POST", bert.inTenant("/apps"), "{'name':'x'}").body())
        .contains("\"role-denied\"");
    assertThat(call(token, "GET", "/tenants/" + other + "/apps", "").body())
        .contains("\"tenant-unknown\"");
    assertThat(call(token, "GET", "/tenants", "").body()).doesNotContain("Another");
    String member = field(bert.get(bert.inTenant("/members")).body(), "id");
    assertThat(call(token, "DELETE", bert.inTenant("/members/" + member), "").statusCode())
        .isEqualTo(403);
  }

  @Test
  void nothingOfTheAccountIsForTokens() throws Exception {
    Browser carl = server.signedUp("carl@tokens.example");
    String token = made(carl, "admin", "");

    for (List<String> refused :
        List.of(
            List.of("GET", TOKENS, ""),
            List.of("POST", TOKENS, "{'label':'more','role':'admin'}"),
            List.of("PUT", "/password", "{'current':'x','next':'correct horse battery'}"),
            List.of("POST", "/tenants", "{'name':'x'}"),
            List.of("DELETE", "/session", ""))) {
      HttpResponse<String> answer = call(token, refused.get(0), refused.get(1), refused.get(2));
      assertThat(answer.statusCode()).as(refused + " " + answer.body()).isEqualTo(403);
      assertThat(answer.body()).contains("\"access-token-denied\"");
    }
  }

  @Test
  void aSessionAndATokenAreNotSentTogether() throws Exception {
    Browser dora = server.signedUp("dora@tokens.example");
    String token = made(dora, "admin", "");

    HttpResponse<String> both =
        dora.send(dora.request("GET", "/session", "").header("authorization", "Bearer " + token));

    assertThat(both.statusCode()).isEqualTo(400);
    assertThat(call("carillon_pat_" + "x".repeat(43), "GET", "/session", "").statusCode())
        .isEqualTo(401);
    assertThat(call("rubbish", "GET", "/session", "").body()).contains("\"session-missing\"");
  }

  @Test
  void aFormThatIsWrongIsSaidAtTheField() throws Exception {
    Browser emma = server.signedUp("emma@tokens.example");

    assertThat(emma.send("POST", TOKENS, "{'label':'','role':'admin'}").body())
        .contains("\"/label\"");
    assertThat(emma.send("POST", TOKENS, "{'label':'x','role':'owner'}").body())
        .contains("\"/role\"");
    assertThat(emma.send("POST", TOKENS, "{'label':'x','role':'admin','days':366}").body())
        .contains("\"/days\"");
    String others = server.signedUp("fred@tokens.example").tenant;
    assertThat(
            emma.send("POST", TOKENS, "{'label':'x','role':'admin','tenant':'" + others + "'}")
                .body())
        .contains("\"/tenant\"");
  }
}
