package io.carillon.standalone.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.standalone.ConsoleServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes that a server describes of itself, so that a new one is attacked too. Stateless. */
final class DescribedRoutes {
  private DescribedRoutes() {}

  /**
   * One of them. Immutable.
   *
   * @param path with the names of its parts in braces
   * @param query the names of its parameters
   * @param credentials the names of what may be shown, one of them
   */
  record Route(String method, String path, List<String> query, List<String> credentials) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<Route> of(ConsoleServer server) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url + "/openapi")).build();
    String text = server.client.send(request, BodyHandlers.ofString()).body();
    List<Route> routes = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      for (var path : object(object(value(parser)).get("paths")).entrySet()) {
        for (var call : object(path.getValue()).entrySet()) {
          routes.add(
              new Route(
                  call.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  query(object(call.getValue()).get("parameters")),
                  credentials(object(call.getValue()).get("security"))));
        }
      }
    }
    assertThat(routes).hasSizeGreaterThan(60);
    return routes;
  }

  private static List<String> query(@Nullable Object parameters) {
    List<String> names = new ArrayList<>();
    if (parameters instanceof List<?> all) {
      for (Object each : all) {
        if ("query".equals(object(each).get("in"))) {
          names.add(String.valueOf(object(each).get("name")));
        }
      }
    }
    return names;
  }

  private static List<String> credentials(@Nullable Object security) {
    return security instanceof List<?> all
        ? all.stream().flatMap(each -> object(each).keySet().stream()).toList()
        : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static Object value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        return object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        return array;
      }
      default -> {
        return String.valueOf(parser.getText());
      }
    }
  }
}
