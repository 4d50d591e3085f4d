package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.cli.Columns.Cell;
import io.carillon.standalone.cli.Sequence.Faults;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small types that the commands are made of. */
class ValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":[1,2.5,null,true],\"b\":\"x\\n\"}", "12345678901234567890", "\"\""})
  void jsonIsReadAndWrittenAsItWas(String json) {
    assertThat(Json.write(Json.read(json))).isEqualTo(json);
  }

  @Test
  void aTerminalObeysNothingThatWasPublished() {
    assertThat(Text.printable("\u001b[31mred\n\u009b\u202e"))
        .isEqualTo("\\u001b[31mred\\n\\u009b\\u202e");
    assertThat(Text.printable("plain ü 🔔")).isEqualTo("plain ü 🔔");
  }

  @Test
  void columnsLineUpOnATerminalAndAreTabsElsewhere() {
    Columns aligned = new Columns(console(Map.of("NO_COLOR", "1"), "out,err"));
    assertThat(aligned.row(List.of(Cell.dim("ab"), Cell.plain("c")))).isEqualTo("ab  c");
    assertThat(aligned.row(List.of(Cell.dim("a"), Cell.plain("c")))).isEqualTo("a   c");
    assertThat(new Columns(console(Map.of(), "")).row(List.of(Cell.dim("a"), Cell.strong("c"))))
        .isEqualTo("a\tc");
    assertThat(new Columns(console(Map.of(), "out")).row(List.of(Cell.strong("a"))))
        .isEqualTo("\u001b[1ma\u001b[0m");
  }

  private static Console console(Map<String, String> environment, String terminals) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    return new Console(nowhere, nowhere, Console.Style.of(terminals, environment));
  }

  @Test
  void aSequenceFindsWhatIsLostDoubledAndOutOfOrder() {
    Sequence sequence = new Sequence();
    for (long number : new long[] {0, 1, 4, 3, 1, 6}) {
      sequence.arrived(number);
    }
    assertThat(sequence.faults(9, Set.of(5L, 8L))).isEqualTo(new Faults(2, 1, 1));
    assertThat(new Sequence().faults(0, Set.of()).isNone()).isTrue();
  }

  @Test
  void latenciesAreRightWithinThreePercent() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 1_000; millis++) {
      latencies.record(millis * 1_000_000L);
    }
    assertThat(latencies.millis(0.5)).isBetween(500.0, 516.0);
    assertThat(latencies.millis(0.99)).isBetween(990.0, 1_021.0);
    assertThat(latencies.millis(1)).isBetween(1_000.0, 1_032.0);
    assertThat(new Latencies().millis(0.5)).isZero();
  }
}
