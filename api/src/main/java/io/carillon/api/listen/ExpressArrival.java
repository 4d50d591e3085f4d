package io.carillon.api.listen;

import io.carillon.api.http.ExpressRoute;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.Reply;
import io.carillon.core.model.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request on the express way while its body arrives. Confined to its connection's event loop. */
final class ExpressArrival {
  /** What is set aside for a body before any of it came. */
  private static final int FIRST_BYTES_MAX = 16 * 1024;

  private final ExpressRoute route;
  private final HttpRequest request;
  private final String path;
  private final String query;
  private final int length;
  private byte[] body;
  private int arrived;

  /**
   * @param length of the body, in bytes; the codec delivers no more than was announced
   */
  ExpressArrival(ExpressRoute route, HttpRequest request, String path, String query, int length) {
    this.route = route;
    this.request = request;
    this.path = path;
    this.query = query;
    this.length = length;
    this.body = new byte[Math.min(length, FIRST_BYTES_MAX)];
  }

  /** Takes a part of the body; the buffer stays its owner's. */
  void add(ByteBuf part) {
    int size = part.readableBytes();
    if (arrived + size > body.length) {
      body = Arrays.copyOf(body, Math.min(length, Math.max(arrived + size, 2 * body.length)));
    }
    part.getBytes(part.readerIndex(), body, arrived, size);
    arrived += size;
  }

  /**
   * To be called once the body has come whole.
   *
   * @param peer the other end of the connection
   */
  CompletionStage<Reply> serve(@Nullable SocketAddress peer) {
    byte[] whole = arrived == body.length ? body : Arrays.copyOf(body, arrived);
    return route.serve(
        new Inbound(
            request.method().name(),
            path,
            query,
            request.headers()::getAll,
            Payload.binary(whole),
            peer));
  }

  boolean isLast() {
    return !HttpUtil.isKeepAlive(request);
  }
}
