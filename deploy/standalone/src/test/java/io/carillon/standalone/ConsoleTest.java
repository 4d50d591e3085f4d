package io.carillon.standalone;

import static io.carillon.standalone.ConsoleServer.PASSWORD;
import static io.carillon.standalone.ConsoleServer.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer.Browser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts and sessions of the console over the real server and database. */
class ConsoleTest {
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

  private static String credentials(String email, String password) {
    return "{'email':'%s','password':'%s'}".formatted(email, password);
  }

  @Test
  void aPersonSignsUpAndOutAndIn() throws Exception {
    Browser anna = server.browser();

    HttpResponse<String> up =
        anna.send(
            "POST",
            "/accounts",
            "{'email':'Anna@Example.com','password':'%s','tenant':'Acme'}".formatted(PASSWORD));

    assertThat(up.statusCode()).as(up.body()).isEqualTo(201);
    assertThat(up.body())
        .contains("anna@example.com", "\"Acme\"", "\"owner\"", "\"verified\":false");
    assertThat(up.headers().firstValue("set-cookie"))
        .hasValueSatisfying(
            set ->
                assertThat(set)
                    .contains("HTTPOnly", "SameSite=Lax", "Path=/v1/console", "Max-Age=43200"));
    assertThat(up.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(anna.get("/session").body()).contains("anna@example.com");

    String old = anna.cookie;
    assertThat(anna.send("DELETE", "/session", "").statusCode()).isEqualTo(200);
    anna.cookie = old;
    HttpResponse<String> over = anna.get("/session");
    assertThat(over.statusCode()).isEqualTo(401);
    assertThat(over.body()).contains("\"session-missing\"");

    assertThat(
            anna.send("POST", "/session", credentials("ANNA@example.com", PASSWORD)).statusCode())
        .isEqualTo(201);
    assertThat(anna.get("/session").statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongPasswordAndAnUnknownAccountAreRefusedInTheSameWords() throws Exception {
    server.signedUp("bert@example.com");
    Browser other = server.browser();

    HttpResponse<String> wrong =
        other.send("POST", "/session", credentials("bert@example.com", "wrong horse battery"));
    HttpResponse<String> unknown =
        other.send("POST", "/session", credentials("nobody@example.com", "wrong horse battery"));
    HttpResponse<String> none = other.send("POST", "/session", credentials("nobody", ""));

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("\"password-wrong\"");
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(none.body()).isEqualTo(wrong.body());
    assertThat(other.cookie).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"email\":\"x\",\"password\":\"long enough\",\"tenant\":\"T\"}|/email",
        "{\"email\":7,\"password\":\"long enough\",\"tenant\":\"T\"}|/email",
        "{\"email\":\"c@example.com\",\"password\":\"short\",\"tenant\":\"T\"}|/password",
        "{\"email\":\"c@example.com\",\"tenant\":\"T\"}|/password",
        "{\"email\":\"c@example.com\",\"password\":\"long enough\"}|/tenant",
        "{\"email\":\"c@example.com\",\"password\":\"long enough\",\"invitation\":\"x\"}|/invitation"
      })
  void badInputIsToldAtTheField(String body, String pointer) throws Exception {
    HttpResponse<String> answer = server.browser().send("POST", "/accounts", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(field(answer.body(), "pointer")).isEqualTo(pointer);
    assertThat(answer.body()).doesNotContain("long enough");
  }

  @Test
  void anAddressHasOneAccount() throws Exception {
    server.signedUp("dora@example.com");

    HttpResponse<String> second =
        server
            .browser()
            .send(
                "POST",
                "/accounts",
                "{'email':'dora@example.com','password':'another password','tenant':'T'}");

    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("\"account-exists\"", "\"/email\"");
  }

  @Test
  void aNewPasswordEndsAllSessionsButItsOwn() throws Exception {
    Browser first = server.signedUp("emil@example.com");
    Browser second = server.browser();
    second.send("POST", "/session", credentials("emil@example.com", PASSWORD));

    HttpResponse<String> wrong =
        first.send("PUT", "/password", "{'current':'wrong one','next':'another password'}");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("\"/current\"");
    HttpResponse<String> changed =
        first.send(
            "PUT", "/password", "{'current':'%s','next':'another password'}".formatted(PASSWORD));

    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(first.get("/session").statusCode()).isEqualTo(200);
    assertThat(second.get("/session").statusCode()).isEqualTo(401);
    assertThat(
            second.send("POST", "/session", credentials("emil@example.com", PASSWORD)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aForgottenPasswordIsReplacedByMailOnce() throws Exception {
    Browser first = server.signedUp("fred@example.com");
    Browser second = server.browser();

    HttpResponse<String> asked =
        second.send("POST", "/password/reset-requests", "{'email':'fred@example.com'}");
    HttpResponse<String> nobody =
        second.send("POST", "/password/reset-requests", "{'email':'nobody@example.com'}");
    assertThat(asked.statusCode()).isEqualTo(202);
    assertThat(nobody.statusCode()).isEqualTo(202);
    assertThat(nobody.body()).isEqualTo(asked.body());

    String form =
        "{'token':'%s','password':'another password'}"
            .formatted(server.mailedToken("fred@example.com", "reset"));
    assertThat(second.send("POST", "/password/resets", form).statusCode()).isEqualTo(200);
    assertThat(second.get("/session").body()).contains("fred@example.com", "\"verified\":true");
    assertThat(first.get("/session").statusCode()).isEqualTo(401);
    HttpResponse<String> again = second.send("POST", "/password/resets", form);
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("\"link-invalid\"", "\"/token\"");
  }

  @Test
  void anAddressIsConfirmedByMail() throws Exception {
    Browser gerd = server.signedUp("gerd@example.com");
    String token = server.mailedToken("gerd@example.com", "verify");

    assertThat(gerd.send("POST", "/verifications", "{'token':'%s'}".formatted(token)).statusCode())
        .isEqualTo(200);
    assertThat(gerd.get("/session").body()).contains("\"verified\":true");
  }

  @Test
  void otherSitesCannotUseTheCookie() throws Exception {
    Browser hans = server.signedUp("hans@example.com");
    String host = URI.create(server.url).getAuthority();

    assertThat(hans.send(hans.request("DELETE", "/session", "")).body()).contains("cross-site");
    for (String[] header :
        new String[][] {
          {"origin", "https://evil.example"},
          {"origin", "null"},
          {"origin", "http://" + host + ".evil.example"},
          {"sec-fetch-site", "cross-site"},
          {"sec-fetch-site", "same-site"},
          {"sec-fetch-site", "none"}
        }) {
      HttpResponse<String> refused =
          hans.send(hans.request("DELETE", "/session", "").header(header[0], header[1]));
      assertThat(refused.statusCode()).as(header[1]).isEqualTo(403);
      assertThat(refused.body()).contains("\"cross-site\"");
    }

    assertThat(hans.get("/session").statusCode()).isEqualTo(200);
    assertThat(
            hans.send(hans.request("DELETE", "/session", "").header("origin", "http://" + host))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void guessingIsLimited() throws Exception {
    server.signedUp("ida@example.com");
    Browser guesser = server.browser();
    HttpResponse<String> answer = guesser.get("/session");
    for (int i = 0; i < 11; i++) {
      answer = guesser.send("POST", "/session", credentials("ida@example.com", "guess " + i));
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("\"too-many-attempts\"");
    assertThat(answer.headers().firstValueAsLong("retry-after").orElseThrow()).isBetween(1L, 300L);
  }

  @Test
  void aForgedCookieIsNone() throws Exception {
    Browser anyone = server.browser();
    for (String token : new String[] {"x", "e30.e30.", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."}) {
      anyone.cookie = "carillon_session=" + token;
      assertThat(anyone.get("/session").statusCode()).as(token).isEqualTo(401);
    }
  }

  @Test
  void whatIsNotThereIsSaidSo() throws Exception {
    Browser karl = server.signedUp("karl@example.com");

    HttpResponse<String> answer = karl.get("/nothing");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"path-not-found\"");
  }

  @Test
  void otherDoorsDoNotAskForASession() throws Exception {
    HttpResponse<String> refused =
        server.client.send(
            HttpRequest.newBuilder(URI.create(server.url + "/v1/channels")).build(),
            BodyHandlers.ofString());
    assertThat(refused.body()).contains("\"credentials-invalid\"");
    for (String path : new String[] {"/health", "/openapi", "/"}) {
      assertThat(
              server
                  .client
                  .send(
                      HttpRequest.newBuilder(URI.create(server.url + path)).build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void noPasswordIsLogged() throws Exception {
    Browser lena = server.signedUp("lena@example.com");
    lena.send("POST", "/session", credentials("lena@example.com", PASSWORD));

    assertThat(server.logged())
        .isNotEmpty()
        .noneMatch(line -> line.contains(PASSWORD) || line.contains("argon2id"));
  }
}
