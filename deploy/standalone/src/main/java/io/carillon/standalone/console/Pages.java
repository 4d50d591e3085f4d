package io.carillon.standalone.console;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers the addresses that the console's script tells apart with its one document, so that they
 * can be opened, reloaded and mailed. Immutable, thread-safe.
 */
@Controller
@Requires(property = "micronaut.router.static-resources.console.paths")
final class Pages {
  private static final String DOCUMENT = "/console/index.html";

  private final byte @Nullable [] document = read();

  @Get(
      uris = {"/console", "/console/{+page}", "/verify", "/reset", "/invitation"},
      produces = MediaType.TEXT_HTML)
  HttpResponse<?> page() {
    return document == null
        ? HttpResponse.notFound()
        : HttpResponse.ok(document).contentType(MediaType.TEXT_HTML_TYPE);
  }

  /** Null where the pages were not built into the jar. */
  private static byte @Nullable [] read() {
    try (InputStream file = Pages.class.getResourceAsStream(DOCUMENT)) {
      return file == null ? null : file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(DOCUMENT, e);
    }
  }
}
