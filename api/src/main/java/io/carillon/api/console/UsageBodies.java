package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.engine.UsageStore.Line;
import io.carillon.core.model.Usage;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;

/** What is said about usage. Stateless. */
final class UsageBodies {
  private static final double MILLIS_A_MINUTE = 60_000;

  private UsageBodies() {}

  /** What was used, in steps. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "UsageReport")
  record Report(
      String from,
      String to,
      @Schema(pattern = "minute|hour|day|month") String step,
      @Schema(pattern = "nothing|key|app") String by,
      List<Point> points,
      Sums total) {
    static Report of(UsageQuery asked, List<Line> lines) {
      Usage total = lines.stream().map(Line::usage).reduce(Usage.NONE, Usage::plus);
      return new Report(
          asked.from().toString(),
          asked.to().toString(),
          asked.step().name().toLowerCase(Locale.ROOT),
          asked.split().name().toLowerCase(Locale.ROOT),
          lines.stream().map(Point::of).toList(),
          Sums.of(total));
    }
  }

  /** What was used in one step, by one key or application where they are told apart. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "UsagePoint")
  record Point(
      @Schema(description = "When the step begins, in UTC") String at,
      @Schema(description = "The key's or the application's id, - for no key; empty for all")
          String of,
      Sums used) {
    static Point of(Line line) {
      return new Point(line.at().toString(), line.of(), Sums.of(line.usage()));
    }
  }

  /** Figures. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "UsageFigures")
  record Sums(
      @Schema(description = "Publications that were accepted") long messages,
      @Schema(description = "Bytes of their payloads") long bytesIn,
      @Schema(description = "Publications that were handed to connections") long deliveries,
      @Schema(description = "Bytes of frames that were handed to connections") long bytesOut,
      double connectionMinutes,
      @Schema(description = "Connections at once, at most") int peakConnections) {
    static Sums of(Usage usage) {
      return new Sums(
          usage.messages(),
          usage.bytesIn(),
          usage.deliveries(),
          usage.bytesOut(),
          minutes(usage),
          usage.peakConnections());
    }
  }

  private static double minutes(Usage usage) {
    return Math.round(usage.connectionMillis() * 1_000 / MILLIS_A_MINUTE) / 1_000.0;
  }

  /** Comma-separated values (RFC 4180); no value has a comma or a quote in it. */
  static String csv(List<Line> lines) {
    StringBuilder text =
        new StringBuilder(
            "at,of,messages,bytes_in,deliveries,bytes_out,connection_minutes,peak_connections\r\n");
    for (Line line : lines) {
      Usage usage = line.usage();
      text.append(line.at()).append(',').append(line.of()).append(',');
      text.append(usage.messages()).append(',').append(usage.bytesIn()).append(',');
      text.append(usage.deliveries()).append(',').append(usage.bytesOut()).append(',');
      text.append(minutes(usage)).append(',').append(usage.peakConnections()).append("\r\n");
    }
    return text.toString();
  }
}
