package io.carillon.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks a provider, within bounds of time and size; follows no redirects. Thread-safe. */
final class ProviderHttp {
  static final Duration PATIENCE = Duration.ofSeconds(5);
  static final int ANSWER_MAX = 1 << 20;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** An answer in JSON. */
  record Answer(int status, Map<String, Object> json) {
    boolean isGood() {
      return status == 200;
    }
  }

  static String form(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(it -> coded(it.getKey()) + "=" + coded(it.getValue()))
            .collect(Collectors.joining("&"));
  }

  static String coded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(PATIENCE).header("accept", "application/json");
  }

  Answer ask(HttpRequest request) throws ProviderException {
    URI uri = request.uri();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] bytes = body.readNBytes(ANSWER_MAX + 1);
        if (bytes.length > ANSWER_MAX) {
          throw new ProviderException(uri + " answers more than " + ANSWER_MAX + " bytes");
        }
        return new Answer(answer.statusCode(), JSONObjectUtils.parse(new String(bytes, UTF_8)));
      }
    } catch (IOException e) {
      throw new ProviderException(uri + " does not answer: " + e, e);
    } catch (ParseException e) {
      throw new ProviderException(uri + " answers no JSON object", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException(uri + " was not waited for", e);
    }
  }
}
