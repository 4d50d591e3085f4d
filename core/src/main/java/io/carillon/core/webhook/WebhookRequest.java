package io.carillon.core.webhook;

import io.carillon.core.model.Payload;
import java.net.URI;
import java.util.List;

/**
 * A call of an endpoint as it goes out: always {@code POST}. Immutable.
 *
 * @param headers beside those that every request has
 */
public record WebhookRequest(URI url, List<Header> headers, Payload body) {
  /** Header names are sent as they stand here. */
  public record Header(String name, String value) {}

  public WebhookRequest {
    headers = List.copyOf(headers);
  }

  /** The same call at another address. */
  public WebhookRequest at(URI other) {
    return new WebhookRequest(other, headers, body);
  }
}
