package io.carillon.api.http;

import java.util.concurrent.CompletionStage;

/**
 * A route that is served without the framework's router and filters, because so much goes by it. It
 * has a controller as well, which serves the same requests in the same way when they come in an
 * unusual form. Thread-safe.
 */
public interface ExpressRoute {
  /**
   * Whether a request is of this route.
   *
   * @param path as sent
   * @param contentType as sent, or empty when it was not
   */
  boolean takes(String path, String contentType);

  /** The answer to a {@code POST}. May fail, which is a bug; does not block. */
  CompletionStage<Reply> serve(Inbound request);
}
