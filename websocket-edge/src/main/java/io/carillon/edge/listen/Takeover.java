package io.carillon.edge.listen;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of request that takes its connection over. Stateless. */
interface Takeover {
  /** What to do with the request once it has come whole, or null when it is not of this kind. */
  @Nullable Plan plan(HttpRequest request, @Nullable SocketAddress peer);

  /**
   * What is asked for. A request may name it by its whole URI (RFC 9112, 3.2.2; RFC 6455, 4.2.1).
   */
  static QueryStringDecoder target(HttpRequest request) {
    String uri = request.uri();
    if (uri.startsWith("/")) {
      return new QueryStringDecoder(uri);
    }
    int authority = uri.indexOf("://") + 3;
    int path = authority < 3 ? -1 : uri.indexOf('/', authority);
    return new QueryStringDecoder(path < 0 ? uri : uri.substring(path));
  }

  /** What to do. */
  sealed interface Plan {
    /**
     * Take the connection over.
     *
     * @param head status line and headers of the answer, with the empty line
     * @param carrier the handler that has the connection from then on
     */
    record Take(String head, ChannelHandler carrier) implements Plan {}

    /**
     * Answer, and close.
     *
     * @param headers without the body's length
     */
    record Answer(String status, Map<String, String> headers, String body) implements Plan {}

    /** Answer with this status, say why in the headers, and close. */
    record Refuse(String status, Map<String, String> headers) implements Plan {}
  }
}
