package io.carillon.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One reading of a process's metrics, as Prometheus gets it. Immutable. */
public record Scrape(String text) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

  /** Reads them now; they have to be there. */
  public static Scrape of(URI url) {
    HttpResponse<String> answer = get(url);
    assertThat(answer.statusCode()).as("%s", url).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    return new Scrape(answer.body());
  }

  /** What is answered there, with these headers. */
  public static HttpResponse<String> get(URI url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The names of all families that have at least one sample. */
  public Set<String> families() {
    return TYPE.matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The sum of the samples that match; fails when there is none.
   *
   * @param labels parts that each have to have, such as {@code code="1000"}
   */
  public double value(String name, String... labels) {
    Matcher lines =
        Pattern.compile("^" + name + "(?:\\{(.*)\\})? (\\S+)$", Pattern.MULTILINE).matcher(text);
    double sum = Double.NaN;
    while (lines.find()) {
      String of = lines.group(1) == null ? "" : lines.group(1);
      boolean wanted = true;
      for (String label : labels) {
        wanted &= of.contains(label);
      }
      if (wanted) {
        sum = (Double.isNaN(sum) ? 0 : sum) + Double.parseDouble(lines.group(2));
      }
    }
    assertThat(sum).as("%s %s in%n%s", name, String.join(",", labels), text).isNotNaN();
    return sum;
  }
}
