package io.carillon.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./carillon audit} tells what is known, and never calls well what it could not ask about.
 */
class AuditTest {
  private static final Path PROGRAM = Path.of("audit.mjs").toAbsolutePath();
  private static final String BILL =
      """
      {"components":[
        {"purl":"pkg:maven/io.carillon/carillon-core@0.1.0-SNAPSHOT?type=jar"},
        {"purl":"pkg:maven/org.example/parser@1.2.3?type=jar"},
        {"purl":"pkg:npm/%40example/view@4.5.6"}]}
      """;
  private static final String LOCK =
      """
      {"name":"pages","version":"1.0.0","lockfileVersion":3,"packages":{
        "":{"name":"pages","version":"1.0.0","dependencies":{"left":"^1.0.0"}},
        "node_modules/left":{"version":"1.0.0","integrity":"sha512-AAAA"}}}
      """;
  private static final String ADVISORY =
      """
      {"id":"GHSA-aaaa-bbbb-cccc","aliases":["CVE-2099-1"],"summary":"reads too far","affected":[
        {"package":{"ecosystem":"Maven","name":"org.example:parser"},
         "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.2.4"}]}]}]}
      """;

  @TempDir private Path folder;
  private HttpServer server;

  /** What is answered at a path; others get 404. */
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::answer);
    server.start();
    Files.writeString(folder.resolve("accepted.json"), "[]");
    Files.writeString(folder.resolve("server.cdx.json"), BILL);
    Path pages = Files.createDirectory(folder.resolve("pages"));
    Files.writeString(pages.resolve("package-lock.json"), LOCK);
    Files.writeString(
        pages.resolve("package.json"),
        "{\"name\":\"pages\",\"version\":\"1.0.0\",\"dependencies\":{\"left\":\"^1.0.0\"}}");
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      String answer = answers.get(exchange.getRequestURI().getPath());
      byte[] body = (answer == null ? "{}" : answer).getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Tool audit(String... subjects) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> environment =
        Map.of(
            "CARILLON_OSV_URL",
            url,
            "npm_config_registry",
            url,
            "npm_config_cache",
            folder.resolve("cache").toString(),
            "npm_config_fetch_retries",
            "0");
    List<String> command = new ArrayList<>(List.of("node", PROGRAM.toString(), "accepted.json"));
    command.addAll(List.of(subjects));
    return Tool.run(folder, environment, command);
  }

  @Test
  void nothingIsKnown() {
    answers.put("/v1/querybatch", "{\"results\":[{},{}]}");

    Tool audit = audit("server.cdx.json");

    assertThat(audit.output()).contains("server.cdx.json: 2 libraries, 0 advisories");
    assertThat(audit.code()).isZero();
    assertThat(asked)
        .singleElement()
        .asString()
        .contains("pkg:maven/org.example/parser@1.2.3\"", "pkg:npm/%40example/view@4.5.6")
        .doesNotContain("io.carillon");
  }

  @Test
  void whatIsKnownIsToldWithItsFix() {
    answers.put(
        "/v1/querybatch", "{\"results\":[{\"vulns\":[{\"id\":\"GHSA-aaaa-bbbb-cccc\"}]},{}]}");
    answers.put("/v1/vulns/GHSA-aaaa-bbbb-cccc", ADVISORY);

    Tool audit = audit("server.cdx.json");

    assertThat(audit.output())
        .contains(
            "GHSA-aaaa-bbbb-cccc CVE-2099-1  org.example:parser 1.2.3  reads too far (fixed in"
                + " 1.2.4)");
    assertThat(audit.code()).isEqualTo(1);
  }

  @Test
  void acceptedOnesAreLeftOutUntilTheirDay() throws IOException {
    answers.put(
        "/v1/querybatch", "{\"results\":[{\"vulns\":[{\"id\":\"GHSA-aaaa-bbbb-cccc\"}]},{}]}");
    answers.put("/v1/vulns/GHSA-aaaa-bbbb-cccc", ADVISORY);
    String accepted = "[{\"id\":\"CVE-2099-1\",\"until\":\"%s\",\"why\":\"is not called\"}]";

    Files.writeString(folder.resolve("accepted.json"), accepted.formatted("9999-01-01"));
    assertThat(audit("server.cdx.json").code()).isZero();
    Files.writeString(folder.resolve("accepted.json"), accepted.formatted("2020-01-01"));
    assertThat(audit("server.cdx.json").code()).isEqualTo(1);
  }

  @Test
  void whoDoesNotAnswerIsNamedAndNothingIsCalledWell() {
    Tool audit = audit("server.cdx.json", "pages");

    assertThat(audit.output())
        .contains("server.cdx.json: NOT CHECKED", "/v1/querybatch answered 404")
        .contains("pages: NOT CHECKED, npm audit in pages");
    assertThat(audit.code()).isEqualTo(2);
  }

  @Test
  void npmIsAskedAboutLockFiles() {
    answers.put(
        "/-/npm/v1/security/advisories/bulk",
        """
        {"left":[{"id":1,"url":"https://github.com/advisories/GHSA-dddd-eeee-ffff","title":"pads for ever",
          "severity":"high","vulnerable_versions":"<1.0.1","cwe":[],"cvss":{"score":0,"vectorString":null}}]}
        """);
    answers.put(
        "/left",
        "{\"name\":\"left\",\"dist-tags\":{\"latest\":\"1.0.1\"},\"versions\":{"
            + "\"1.0.0\":{\"name\":\"left\",\"version\":\"1.0.0\",\"dist\":{}},"
            + "\"1.0.1\":{\"name\":\"left\",\"version\":\"1.0.1\",\"dist\":{}}}}");

    Tool audit = audit("pages");

    assertThat(audit.output()).contains("GHSA-dddd-eeee-ffff  left <1.0.1  pads for ever");
    assertThat(audit.code()).isEqualTo(1);
  }
}
