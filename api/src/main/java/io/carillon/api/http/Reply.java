package io.carillon.api.http;

import io.carillon.core.model.Payload;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole answer, by whichever way it goes out. Confined to whoever makes it until it is sent.
 *
 * @param headers without the content's type and length
 */
public record Reply(int status, String mediaType, List<Header> headers, Payload body) {

  /** One line of the head. */
  public record Header(String name, String value) {}

  /** One without further headers so far. */
  public Reply(int status, String mediaType, byte[] body) {
    this(status, mediaType, new ArrayList<>(2), Payload.binary(body));
  }

  /** This, with one more header. */
  Reply with(String name, String value) {
    headers.add(new Header(name, value));
    return this;
  }

  /** As a controller returns it. */
  public HttpResponse<?> response() {
    MutableHttpResponse<byte[]> response =
        HttpResponse.<byte[]>status(status, HttpStatus.valueOf(status).getReason())
            .body(body.bytes())
            .header(HttpHeaders.CONTENT_TYPE, mediaType);
    headers.forEach(header -> response.header(header.name(), header.value()));
    return response;
  }
}
