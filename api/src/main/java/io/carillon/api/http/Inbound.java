package io.carillon.api.http;

import io.carillon.core.model.Payload;
import io.micronaut.http.HttpRequest;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came, by whichever way in.
 *
 * @param path as sent, starting with a slash
 * @param query as sent, without the question mark, or empty
 * @param body empty when there is none
 * @param peer the other end of its connection, or null when that has no address
 */
public record Inbound(
    String method,
    String path,
    String query,
    Headers headers,
    Payload body,
    @Nullable SocketAddress peer) {
  private static final Payload NO_BODY = Payload.binary(new byte[0]);

  /** The headers of a request. */
  @FunctionalInterface
  public interface Headers {
    /** All values of the header of this name in any case, in their order. */
    List<String> all(String name);

    /** The first one, or null. */
    default @Nullable String first(String name) {
      List<String> all = all(name);
      return all.isEmpty() ? null : all.getFirst();
    }
  }

  /** What the framework's router found a controller for. */
  public static Inbound of(HttpRequest<?> request) {
    String query = request.getUri().getRawQuery();
    return new Inbound(
        request.getMethodName(),
        request.getPath(),
        query == null ? "" : query,
        request.getHeaders()::getAll,
        request.getBody(byte[].class).map(Payload::binary).orElse(NO_BODY),
        request.getRemoteAddress());
  }
}
