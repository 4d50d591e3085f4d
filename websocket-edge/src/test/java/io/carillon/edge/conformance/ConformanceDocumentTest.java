package io.carillon.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link ConformanceTest} proves, as a page. */
class ConformanceDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "websocket-conformance.md");

  private static final Map<String, String> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("H", "The opening handshake");
    GROUPS.put("1", "Framing");
    GROUPS.put("2", "Pings and pongs");
    GROUPS.put("3", "Reserved bits");
    GROUPS.put("4", "Opcodes");
    GROUPS.put("5", "Fragmentation");
    GROUPS.put("6", "UTF-8");
    GROUPS.put("7", "Closing");
    GROUPS.put("9", "Limits");
    GROUPS.put("10", "Others");
    GROUPS.put("12", "Compression: messages");
    GROUPS.put("13", "Compression: offers");
  }

  private record Row(String id, String title, String clause, Map<Endpoint, String> expected) {
    String group() {
      return id.substring(0, id.indexOf('.'));
    }
  }

  @Test
  void thePageHasEveryCase() throws IOException {
    String page = rendered(rows());
    if (Boolean.getBoolean("carillon.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("rewrite it with -Dcarillon.docs.write=true").exists().hasContent(page);
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (HandshakeCase each : HandshakeCases.all()) {
      rows.add(new Row(each.id(), each.title(), each.clause(), each.expected()));
    }
    for (List<Case> cases :
        List.of(
            FramingCases.all(),
            FragmentationCases.all(),
            Utf8Cases.all(),
            ClosingCases.all(),
            LimitCases.all(),
            CompressionCases.all())) {
      for (Case each : cases) {
        rows.add(new Row(each.id(), each.title(), each.clause(), each.expected()));
      }
    }
    return rows;
  }

  private static String rendered(List<Row> rows) {
    StringBuilder page =
        new StringBuilder(
            """
            # WebSocket conformance

            RFC 6455 and RFC 7692, case by case, on real TCP connections to both endpoints: `/v1/realtime` with each of its formats, and `/app/{key}`. The cases
            are numbered as in the test suite of Autobahn, which cannot be pointed at this server: it expects an echo. Cases with a letter are additions. Rendered from
            the cases, whose outcomes are what the tests assert (`ConformanceTest`); the build compares it.

            In place of an echo, a message is one that the protocol answers whatever it is padded with (`ping` with a field that nobody knows): *answer* says that it arrived
            whole. *close 1002* says that this code came and nothing behind it, and that the server closed TCP by itself, without a reset. *error* is an error of the
            protocol in an intact frame, and *go* says that the server is about to close. The clause is one of RFC 6455 where it names no other. Where messages are JSON, binary ones are refused with 1003; as
            Autobahn's largest messages are above the default limit, group 9 goes up to the limit and beyond it.

            """);
    page.append("| Group | ");
    for (Endpoint endpoint : Endpoint.values()) {
      page.append(endpoint.title()).append(" | ");
    }
    page.append("\n|---|--:|--:|--:|\n");
    GROUPS.forEach((group, title) -> page.append(countRow(rows, group, title)));
    GROUPS.forEach((group, title) -> page.append(table(rows, group, title)));
    return page.toString().replace(" \n", "\n");
  }

  private static String countRow(List<Row> rows, String group, String title) {
    StringBuilder row = new StringBuilder("| " + group + " " + title);
    for (Endpoint endpoint : Endpoint.values()) {
      long count =
          rows.stream()
              .filter(each -> each.group().equals(group) && each.expected().containsKey(endpoint))
              .count();
      row.append(" | ").append(count);
    }
    return row.append(" |\n").toString();
  }

  private static String table(List<Row> rows, String group, String title) {
    StringBuilder table =
        new StringBuilder(
            "\n## " + group + " " + title + "\n\n| Case | What the client does | Clause");
    for (Endpoint endpoint : Endpoint.values()) {
      table.append(" | ").append(endpoint.title());
    }
    table.append(" |\n|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      if (row.group().equals(group)) {
        table.append("| ").append(row.id()).append(" | ").append(row.title());
        table.append(" | ").append(row.clause());
        for (Endpoint endpoint : Endpoint.values()) {
          table.append(" | ").append(row.expected().getOrDefault(endpoint, ""));
        }
        table.append(" |\n");
      }
    }
    return table.toString();
  }
}
