package io.carillon.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.ConfigLoader;
import io.carillon.standalone.files.DataFolder;
import io.carillon.standalone.files.DataFolder.DemoApp;
import io.carillon.standalone.files.StartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneTest {
  @TempDir Path data;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void everythingStartsServesAndStops() throws Exception {
    Standalone.Running running;
    try (Standalone standalone = new Standalone(config(), steps())) {
      running = standalone.start();

      assertThat(running.url()).matches("http://localhost:[0-9]+");
      assertThat(new DataFolder(data).address()).contains(running.url());
      healthIsUp(running);
      pagesAreServedWithTheirPolicy(running);
      documentationIsServedWithItsPolicy(running);
    }

    assertThat(new DataFolder(data).address()).isEmpty();
    theDemoAppIsTheSameAtTheNextStart(running);
    anotherMasterKeyIsRefused();
    assertThat(shown.toString(UTF_8))
        .containsPattern("Applications and database schema \\.\\.\\. [0-9]+ ms")
        .containsPattern("Server on port any \\.\\.\\. [0-9]+ ms");
  }

  private void theDemoAppIsTheSameAtTheNextStart(Standalone.Running before) {
    try (Standalone standalone = new Standalone(config(), steps())) {
      DemoApp demo = standalone.start().demoApp();

      assertThat(demo).isNotNull().isEqualTo(before.demoApp());
    }
  }

  private void anotherMasterKeyIsRefused() throws IOException {
    Files.delete(data.resolve("master.key"));
    try (Standalone standalone = new Standalone(config(), steps())) {
      assertThatThrownBy(standalone::start)
          .isInstanceOf(StartException.class)
          .hasMessageStartingWith("CARILLON_MASTER_KEY: another key");
    }
  }

  private void healthIsUp(Standalone.Running running) throws Exception {
    HttpResponse<String> health = get(running, "/health");

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"UP\"}");
  }

  private void pagesAreServedWithTheirPolicy(Standalone.Running running) throws Exception {
    HttpResponse<String> page = get(running, "/?key=abc");
    HttpResponse<String> style = get(running, "/assets/index-abc.css");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy).startsWith("default-src 'self'; connect-src 'self' ws: wss:;"));
    assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-cache");
    assertThat(style.headers().allValues("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    for (String path : new String[] {"/console", "/console/t/1/apps/2/keys", "/verify"}) {
      HttpResponse<String> deep = get(running, path);
      assertThat(deep.statusCode()).as(path).isEqualTo(200);
      assertThat(deep.body()).as(path).isEqualTo(page.body());
      assertThat(deep.headers().allValues("Cache-Control")).containsExactly("no-cache");
      assertThat(deep.headers().firstValue("Content-Security-Policy")).isPresent();
    }
  }

  private void documentationIsServedWithItsPolicy(Standalone.Running running) throws Exception {
    HttpResponse<String> page = get(running, "/docs/");
    HttpResponse<String> script = get(running, "/docs/assets/app.Bx3f_-1.js");
    HttpResponse<String> missing = get(running, "/docs/..%2fconsole/index.html");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>First</title>");
    assertThat(page.headers().allValues("Content-Type"))
        .containsExactly("text/html; charset=utf-8");
    assertThat(page.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; script-src 'self'");
    assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-cache");
    assertThat(script.headers().allValues("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("<title>None</title>");
    assertThat(get(running, "/docs").headers().firstValue("Location")).hasValue("/docs/");
    assertThat(get(running, "/docs/errors.md").body()).startsWith("# Errors");
    String etag = page.headers().firstValue("ETag").orElseThrow();
    assertThat(get(running, "/docs/", "If-None-Match", etag).statusCode()).isEqualTo(304);
    HttpResponse<String> errors = get(running, "/docs/errors.md", "Accept", "text/html,*/*");
    assertThat(errors.headers().firstValue("Location")).hasValue("/docs/errors");
  }

  private HttpResponse<String> get(Standalone.Running running, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(running.url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private Steps steps() {
    return new Steps(new PrintStream(shown, true, UTF_8));
  }

  private CarillonConfig config() {
    ConfigLoader.Result result =
        ConfigLoader.load(Map.of("CARILLON_DATA", data.toString(), "CARILLON_PORT", "0"), Map.of());
    return ((ConfigLoader.Loaded) result).config();
  }
}
