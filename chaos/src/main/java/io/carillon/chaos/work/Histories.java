package io.carillon.chaos.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.chaos.check.Past;
import io.carillon.chaos.cluster.Cluster;
import io.carillon.client.Position;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What a backend asks over HTTP beside publishing. Immutable. */
public record Histories(String url) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final int PAGE = 1_000;
  private static final int PAGES_MAX = 100;
  private static final int REFUSED = 400;

  /** All of a channel's past, the oldest first. */
  Past read(String channel) throws IOException, InterruptedException {
    List<Past.Entry> entries = new ArrayList<>();
    boolean complete = true;
    String from = "";
    for (int page = 0; page < PAGES_MAX; page++) {
      JsonNode answer =
          ask(
              "GET",
              "/v1/channels/" + coded(channel) + "/messages?direction=forward&limit=" + PAGE + from,
              "");
      for (JsonNode said : answer.path("messages")) {
        Position at = new Position(said.path("epoch").asLong(), said.path("offset").asLong());
        entries.add(new Past.Entry(at, said.path("id").asText("(none)")));
      }
      complete &= answer.path("complete").asBoolean();
      if (!answer.hasNonNull("next")) {
        return new Past(channel, entries, complete);
      }
      from = "&from=" + answer.path("next").asText();
    }
    throw new IOException(channel + ": history has no end after " + PAGES_MAX + " pages");
  }

  /** What is published on channels of these names is archived from now on. */
  public void archive(String pattern) throws IOException, InterruptedException {
    ask("PUT", "/v1/rules/" + coded(pattern), "{\"historyDays\":1}");
  }

  private JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    String credentials = Cluster.KEY + ":" + Cluster.SECRET;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER_MAX)
            .header(
                "authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .header("content-type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = Access.http().send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= REFUSED) {
      throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
