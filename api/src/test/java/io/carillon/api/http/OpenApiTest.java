package io.carillon.api.http;

import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.micronaut.http.HttpMethod;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Path PAGE = Path.of("..", "docs", "openapi.json");

  @Test
  void theDocumentIsTheOneThatIsKept() throws IOException {
    try (ApiServer server = new ApiServer()) {
      HttpResponse<String> response = server.send(HttpRequest.newBuilder(server.uri("/openapi")));
      String pretty = Pretty.of(json(response, 200)) + "\n";
      if (Boolean.getBoolean("carillon.docs.write")) {
        Files.writeString(PAGE, pretty);
      }

      assertThat(Files.readString(PAGE))
          .as("rewrite it with -Dcarillon.docs.write=true")
          .isEqualTo(pretty);
    }
  }

  @Test
  void everyRouteIsDescribed() {
    try (ApiServer server = new ApiServer()) {
      JsonNode description = json(server.send(HttpRequest.newBuilder(server.uri("/openapi"))), 200);
      TreeSet<String> described = new TreeSet<>();
      JsonNode paths = get(description, "paths");
      for (String path : names(paths)) {
        for (String method : names(get(paths, path))) {
          JsonNode operation = get(get(paths, path), method);
          assertThat(names(operation)).contains("summary", "operationId", "responses");
          assertThat(names(get(operation, "responses"))).hasSizeGreaterThanOrEqualTo(2);
          described.add(method + " " + path);
        }
      }

      List<String> routes =
          server
              .bean(Router.class)
              .uriRoutes()
              .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
              .map(
                  route ->
                      route.getHttpMethodName().toLowerCase(Locale.ROOT)
                          + " "
                          + route.getUriMatchTemplate().toPathString().replace(":[^/]+", ""))
              .filter(route -> route.contains(" /v1"))
              .distinct()
              .toList();
      assertThat(routes).hasSizeGreaterThanOrEqualTo(9);
      assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
    }
  }
}
