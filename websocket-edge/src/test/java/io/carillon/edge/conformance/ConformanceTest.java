package io.carillon.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.carillon.edge.fixture.EdgeServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** RFC 6455 and RFC 7692: each case at each endpoint, on a connection of its own. */
class ConformanceTest {
  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of("carillon.compression", "all"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> openingHandshake() {
    return HandshakeCases.all().stream()
        .flatMap(each -> Stream.of(Endpoint.NATIVE, Endpoint.PUSHER).map(it -> test(each, it)));
  }

  private static DynamicTest test(HandshakeCase each, Endpoint endpoint) {
    return dynamicTest(
        name(each.id(), each.title(), each.clause(), endpoint),
        () ->
            assertThat(each.answerOf(endpoint, server.port()))
                .isEqualTo(each.expected().get(endpoint)));
  }

  @TestFactory
  Stream<DynamicTest> framingPingsReservedBitsAndOpcodes() {
    return tests(FramingCases.all());
  }

  @TestFactory
  Stream<DynamicTest> fragmentation() {
    return tests(FragmentationCases.all());
  }

  @TestFactory
  Stream<DynamicTest> utf8() {
    return tests(Utf8Cases.all());
  }

  @TestFactory
  Stream<DynamicTest> closing() {
    return tests(ClosingCases.all());
  }

  @TestFactory
  Stream<DynamicTest> limits() {
    return tests(LimitCases.all());
  }

  @TestFactory
  Stream<DynamicTest> compression() {
    return tests(CompressionCases.all());
  }

  private static Stream<DynamicTest> tests(List<Case> cases) {
    return cases.stream()
        .flatMap(
            each ->
                each.expected().keySet().stream()
                    .map(
                        endpoint ->
                            dynamicTest(
                                name(each.id(), each.title(), each.clause(), endpoint),
                                () -> run(each, endpoint))));
  }

  private static String name(String id, String title, String clause, Endpoint endpoint) {
    return id + " " + endpoint.title() + ": " + title + " (RFC " + rfc(clause) + ")";
  }

  private static String rfc(String clause) {
    return clause.contains(":") ? clause.replace(":", ",") : "6455, " + clause;
  }

  private static void run(Case each, Endpoint endpoint) throws IOException {
    List<String> expected = Case.words(each.expected().getOrDefault(endpoint, ""));
    try (Peer peer = Peer.open(endpoint, server.port(), each.offer())) {
      try {
        each.script().play(peer);
      } catch (IOException e) {
        // the server has closed before everything was sent: what it said is what counts
      }
      assertThat(peer.hear(expected.size())).isEqualTo(expected);
    }
  }
}
