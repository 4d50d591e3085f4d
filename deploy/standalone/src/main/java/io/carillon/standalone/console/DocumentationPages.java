package io.carillon.standalone.console;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Optional;

/** The documentation below {@code /docs/}, in every process that serves the console. Stateless. */
@Controller
@Requires(property = "micronaut.router.static-resources.console.paths")
final class DocumentationPages {
  private static final String FOLDER = "/docs/";

  private final Documentation documentation = new Documentation(FOLDER);

  /** What is asked for is taken as it was written, so that nothing hides in an encoding. */
  @Get(uris = {"/docs", "/docs/{+path}"})
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<?> page(HttpRequest<?> request) {
    String asked = request.getPath();
    if (!asked.startsWith(FOLDER)) {
      return HttpResponse.redirect(URI.create(FOLDER));
    }
    String path = asked.substring(FOLDER.length());
    Documentation.Found found = documentation.find(path);
    if (found == null) {
      Documentation.Found missing = documentation.missing();
      return missing == null
          ? HttpResponse.notFound()
          : marked(HttpResponse.notFound(missing.bytes()), missing, path);
    }
    return found.etag().equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))
        ? marked(HttpResponse.notModified(), found, path)
        : marked(HttpResponse.ok(found.bytes()), found, path);
  }

  /** Files whose name holds their hash may be kept for ever, others are asked for again. */
  private MutableHttpResponse<?> marked(
      MutableHttpResponse<?> response, Documentation.Found found, String path) {
    boolean hashed = path.startsWith("assets/") && response.code() != 404;
    return response
        .header(HttpHeaders.CONTENT_TYPE, found.type())
        .header(HttpHeaders.ETAG, found.etag())
        .header(
            HttpHeaders.CACHE_CONTROL, hashed ? "public, max-age=31536000, immutable" : "no-cache")
        .header("Content-Security-Policy", documentation.policy())
        .header("Referrer-Policy", "no-referrer");
  }

  /**
   * The address that problems link to is Markdown for programs; a browser gets the page. Stateless.
   */
  @ServerFilter("/docs/errors.md")
  @Requires(beans = DocumentationPages.class)
  static final class Errors {
    private final boolean built = new Documentation(FOLDER).find("errors") != null;

    @RequestFilter
    Optional<HttpResponse<?>> lead(HttpRequest<?> request) {
      boolean browser = request.accept().contains(MediaType.TEXT_HTML_TYPE);
      return built && browser
          ? Optional.of(
              HttpResponse.redirect(URI.create("/docs/errors"))
                  .header(HttpHeaders.VARY, HttpHeaders.ACCEPT))
          : Optional.empty();
    }
  }
}
