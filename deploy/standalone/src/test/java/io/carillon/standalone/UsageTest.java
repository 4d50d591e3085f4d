package io.carillon.standalone;

import static io.carillon.standalone.ConsoleServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer.Browser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application used, as its team reads it from the real server. */
class UsageTest {
  private static final int SOON_SECONDS = 30;

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

  private static String app(Browser browser) throws Exception {
    String made = browser.send("POST", browser.inTenant("/apps"), "{'name':'Chat'}").body();
    return browser.inTenant("/apps/" + field(made, "id"));
  }

  private static int published(String key, String secret) throws Exception {
    String basic = Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(UTF_8));
    return server
        .client
        .send(
            HttpRequest.newBuilder(URI.create(server.url + "/v1/channels/room/messages"))
                .header("authorization", "Basic " + basic)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"e\",\"data\":\"12345\"}"))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void aMessageIsSeenByItsKeyAsJsonAndAsCsv() throws Exception {
    Browser anna = server.signedUp("anna@usage.example");
    String app = app(anna);
    String made = anna.send("POST", app + "/keys", "{'label':'backend'}").body();
    String key = field(made, "id");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
    while (published(key, field(made, "secret")) != 201) {
      assertThat(System.nanoTime()).as("the key is unknown").isLessThan(deadline);
    }

    String usage = app + "/usage?step=minute&by=key";
    while (!anna.get(usage).body().contains(key)) {
      assertThat(System.nanoTime()).as("nothing is metered").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }

    String body = anna.get(usage).body();
    assertThat(field(body, "messages")).as(body).isEqualTo("1");
    assertThat(field(body, "bytesIn")).isEqualTo("5");
    HttpResponse<String> csv = anna.get(usage + "&format=csv");
    assertThat(csv.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8");
    assertThat(csv.headers().firstValue("content-disposition").orElse("")).contains(".csv");
    assertThat(csv.body().lines().toList()).hasSize(2);
    assertThat(csv.body()).startsWith("at,of,messages,").contains("," + key + ",1,5,");
    assertThat(anna.get(anna.inTenant("/usage?step=minute&by=app")).body())
        .contains(app.substring(app.lastIndexOf('/') + 1));

    Browser other = server.signedUp("other@usage.example");
    assertThat(other.get(usage).statusCode()).isEqualTo(404);
    assertThat(other.get(other.inTenant("/usage?step=minute")).body()).contains("\"points\":[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "step=week",
        "by=channel",
        "format=xml",
        "from=yesterday",
        "from=2026-11-21T12:00:00Z&to=2026-11-21T11:00:00Z",
        "step=minute&from=2026-11-01T00:00:00Z&to=2026-11-21T11:00:00Z",
        "from=0001-01-01T00:00:00Z",
        "more=1"
      })
  void whatCannotBeAskedIsRefused(String query) throws Exception {
    Browser bert =
        server.signedUp("bert" + Integer.toHexString(query.hashCode()) + "@usage.example");

    HttpResponse<String> answer = bert.get(bert.inTenant("/usage?" + query));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("expected: ");
  }
}
