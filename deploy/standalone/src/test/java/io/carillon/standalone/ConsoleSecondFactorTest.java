package io.carillon.standalone;

import static io.carillon.standalone.ConsoleServer.PASSWORD;
import static io.carillon.standalone.ConsoleServer.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer.Browser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second step of signing in, and what an account shows of its sign-ins, on the real server. */
class ConsoleSecondFactorTest {
  private static final Pattern RECOVERY = Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}");

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

  private static String credentials(String email) {
    return "{'email':'%s','password':'%s'}".formatted(email, PASSWORD);
  }

  private record TurnedOn(String secret, String confirming, List<String> recovery) {}

  private static TurnedOn turnOn(Browser browser) throws Exception {
    HttpResponse<String> begun =
        browser.send("POST", "/account/second-factor", "{'password':'%s'}".formatted(PASSWORD));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
    assertThat(begun.headers().firstValue("cache-control")).hasValue("no-store");
    String secret = field(begun.body(), "secret");
    String confirming = Authenticator.code(secret, 0);
    HttpResponse<String> confirmed =
        browser.send(
            "POST", "/account/second-factor/confirmation", "{'code':'%s'}".formatted(confirming));
    assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
    List<String> recovery =
        RECOVERY.matcher(confirmed.body()).results().map(found -> found.group()).toList();
    assertThat(recovery).hasSize(10);
    return new TurnedOn(secret, confirming, recovery);
  }

  private static HttpResponse<String> secondStep(Browser browser, String challenge, String code)
      throws Exception {
    return browser.send(
        "POST",
        "/session/second-step",
        "{'challenge':'%s','code':'%s'}".formatted(challenge, code));
  }

  @Test
  void whoIsHalfInMayNothing() throws Exception {
    Browser anna = server.signedUp("anna@example.com");
    TurnedOn on = turnOn(anna);
    assertThat(anna.get("/account/second-factor").body())
        .contains("\"on\":true", "\"recoveryCodes\":10")
        .doesNotContain(on.secret());
    Browser other = server.browser();

    HttpResponse<String> half = other.send("POST", "/session", credentials("anna@example.com"));

    assertThat(half.statusCode()).as(half.body()).isEqualTo(202);
    assertThat(half.headers().firstValue("set-cookie")).isEmpty();
    assertThat(half.body()).doesNotContain("anna@example.com", anna.tenant);
    String challenge = field(half.body(), "challenge");
    for (String cookie : List.of("carillon_session=", "carillon_session=" + challenge)) {
      other.cookie = cookie;
      for (String path : List.of("/session", "/tenants", "/account/second-factor")) {
        assertThat(other.get(path).statusCode()).as(path).isEqualTo(401);
      }
      assertThat(other.send("PUT", "/password", "{}").statusCode()).isEqualTo(401);
    }
    other.cookie = null;

    HttpResponse<String> wrong = secondStep(other, challenge, "000000");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("\"code-wrong\"", "\"/code\"");
    assertThat(secondStep(other, challenge, on.confirming()).body()).contains("code-wrong");
    HttpResponse<String> in = secondStep(other, challenge, Authenticator.code(on.secret(), 1));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(201);
    assertThat(other.get("/session").body()).contains("anna@example.com");
    assertThat(secondStep(other, challenge, on.recovery().getFirst()).body())
        .contains("\"sign-in-stale\"");
  }

  @Test
  void aRecoveryCodeIsAWayInAndBothTurnItOff() throws Exception {
    Browser bert = server.signedUp("bert@example.com");
    TurnedOn on = turnOn(bert);
    String challenge =
        field(bert.send("POST", "/session", credentials("bert@example.com")).body(), "challenge");
    assertThat(secondStep(bert, challenge, on.recovery().get(3)).statusCode()).isEqualTo(201);

    HttpResponse<String> used =
        bert.send(
            "POST",
            "/account/second-factor/removal",
            "{'password':'%s','code':'%s'}".formatted(PASSWORD, on.recovery().get(3)));
    assertThat(used.body()).contains("code-wrong");
    HttpResponse<String> off =
        bert.send(
            "POST",
            "/account/second-factor/removal",
            "{'password':'%s','code':'%s'}".formatted(PASSWORD, on.recovery().get(4)));

    assertThat(off.statusCode()).as(off.body()).isEqualTo(200);
    assertThat(bert.send("POST", "/session", credentials("bert@example.com")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void anAccountShowsItsSessionsAndWhatBecameOfIt() throws Exception {
    Browser cora = server.signedUp("cora@example.com");
    Browser other = server.browser();
    other.send("POST", "/session", credentials("cora@example.com"));
    assertThat(cora.get("/account/sessions").body())
        .contains(cora.address, other.address, "\"current\":true", "\"current\":false", "Java");

    HttpResponse<String> ended = cora.send("DELETE", "/account/sessions", "");

    assertThat(ended.body()).contains("\"sessions\":1");
    assertThat(other.get("/session").statusCode()).isEqualTo(401);
    assertThat(cora.get("/session").statusCode()).isEqualTo(200);
    assertThat(cora.get("/account/events").body())
        .contains("\"signed-up\"", "\"signed-in\"", "\"signed-out-elsewhere\"", other.address);
    assertThat(server.signedUp("dora@example.com").get("/account/events").body())
        .doesNotContain(other.address);
  }

  @Test
  void noSecretOfASecondFactorIsLogged() throws Exception {
    TurnedOn on = turnOn(server.signedUp("emil@example.com"));

    assertThat(server.logged())
        .noneMatch(line -> line.contains(on.secret()) || line.contains(on.recovery().getFirst()));
  }
}
