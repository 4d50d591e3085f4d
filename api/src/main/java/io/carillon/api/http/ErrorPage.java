package io.carillon.api.http;

import io.carillon.core.error.ErrorReference;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;

/** The catalogue of errors, to which every problem links. Immutable. */
@Hidden
@Controller(ErrorPage.PATH)
final class ErrorPage {
  static final String PATH = "/docs/errors.md";

  private final String page = ErrorReference.markdown();

  @Get(produces = "text/markdown; charset=utf-8")
  String page() {
    return page;
  }
}
