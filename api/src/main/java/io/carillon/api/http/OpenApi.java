package io.carillon.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The description of {@code /v1} that the build renders from its controllers. Thread-safe. */
@Hidden
@Controller("/openapi")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Carillon",
            version = "1",
            description = "Publishing and asking about channels, for backends and clients"),
    security = @SecurityRequirement(name = "key"))
@SecurityScheme(
    name = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description = "A client token; what its capabilities allow")
@SecurityScheme(
    name = "session",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.COOKIE,
    paramName = "carillon_session",
    description = "Who has signed in to the console")
@SecurityScheme(
    name = "accessToken",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "carillon_pat_…",
    description = "An access token of somebody who signs in to the console, up to its role")
@SecurityScheme(
    name = "key",
    type = SecuritySchemeType.HTTP,
    scheme = "basic",
    description = "A key of the application and its secret")
final class OpenApi {
  private static final String RESOURCE = "/META-INF/swagger/openapi.json";

  private final byte[] written;
  private volatile byte @Nullable [] description;

  OpenApi() throws IOException {
    try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException(RESOURCE + " (expected: rendered by the build)");
      }
      this.written = in.readAllBytes();
    }
  }

  @Get(produces = MediaType.APPLICATION_JSON)
  byte[] description() {
    byte[] known = description;
    if (known == null) {
      // not at the start, which few of those who start a server wait for
      known = Json.bytes(OpenApiDocument.of(Json.accepted(new String(written, UTF_8))));
      description = known;
    }
    return known;
  }
}
