package io.carillon.benchmark.load;

import io.carillon.benchmark.profile.Payload;
import io.carillon.benchmark.profile.Profile.Request;
import io.carillon.benchmark.profile.Signing;
import io.carillon.benchmark.profile.Template;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes over a fixed number of connections that stay open, one request at a time on each.
 * Confined to the load's event loop.
 */
final class HttpPublisher {
  private final Payload payload;
  private final Signing signing;
  private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Job> waiting = new ArrayDeque<>();
  private @Nullable Topic flooded;
  private long sequence;
  private long accepted;
  private long refused;
  private String lastRefusal = "";

  /**
   * A request for one topic, with all but data, sequence and signature filled in.
   *
   * @param whole the complete request; null when it has to be signed
   */
  record Prepared(
      String method, String path, String headers, Template body, @Nullable Template whole) {

    static Prepared of(Request request, Map<String, String> values, Payload payload) {
      StringBuilder headers = new StringBuilder();
      request
          .headers()
          .forEach((name, value) -> headers.append(name).append(": ").append(value).append("\r\n"));
      String path = request.path().bind(values).text();
      Template body = request.body().bind(values);
      String bound =
          new Template(
                  "Host: 127.0.0.1\r\n"
                      + headers
                      + "Content-Length: "
                      + body.bytes(payload)
                      + "\r\n\r\n")
              .bind(values)
              .text();
      Template whole =
          request.sign().isEmpty()
              ? new Template(request.method() + " " + path + " HTTP/1.1\r\n" + bound + body.text())
              : null;
      return new Prepared(request.method(), path, bound, body, whole);
    }
  }

  /** A publish that waits for a connection. */
  private record Job(Topic topic, Prepared request, long stamp) {}

  HttpPublisher(Payload payload, Signing signing) {
    this.payload = payload;
    this.signing = signing;
  }

  void publish(Topic topic, Prepared request, long stamp) {
    HttpConnection connection = idle.pollFirst();
    if (connection == null) {
      waiting.addLast(new Job(topic, request, stamp));
    } else {
      connection.send(topic, rendered(request, stamp));
    }
  }

  /** From now on every connection publishes to this topic as fast as it is answered. */
  void flood(@Nullable Topic topic) {
    flooded = topic;
    int connections = topic == null ? 0 : idle.size();
    for (int i = 0; i < connections; i++) {
      isIdle(idle.removeFirst());
    }
  }

  void isIdle(HttpConnection connection) {
    Job job = waiting.pollFirst();
    Topic topic = flooded;
    if (job != null) {
      connection.send(job.topic(), rendered(job.request(), job.stamp()));
    } else if (topic != null && topic.request() != null) {
      connection.send(topic, rendered(topic.request(), System.nanoTime()));
    } else {
      idle.addLast(connection);
    }
  }

  void isGone(HttpConnection connection) {
    idle.remove(connection);
  }

  void answered(Topic topic, int status, ByteBuf answer) {
    if (status >= 200 && status < 300) {
      accepted++;
    } else {
      refused++;
      lastRefusal = answer.toString(StandardCharsets.UTF_8);
      topic.refused();
    }
  }

  /** Requests that were answered with a status of 200 to 299. */
  long accepted() {
    return accepted;
  }

  long refused() {
    return refused;
  }

  /** The last answer with another status, empty when there was none. */
  String lastRefusal() {
    return lastRefusal;
  }

  private ByteBuf rendered(Prepared request, long stamp) {
    ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    Template whole = request.whole();
    if (whole == null) {
      return signed(request, stamp, allocator);
    }
    ByteBuf out = allocator.directBuffer(whole.bytes(payload));
    whole.write(out, payload, sequence++, stamp);
    return out;
  }

  private ByteBuf signed(Prepared request, long stamp, ByteBufAllocator allocator) {
    int bytes = request.body().bytes(payload);
    ByteBuf body = allocator.heapBuffer(bytes);
    request.body().write(body, payload, sequence++, stamp);
    byte[] text = ByteBufUtil.getBytes(body);
    body.release();
    long seconds = System.currentTimeMillis() / 1_000;
    String query = signing.query(request.method(), request.path(), text, seconds);
    ByteBuf out = allocator.directBuffer(bytes + 1_024);
    ByteBufUtil.writeAscii(out, request.method());
    ByteBufUtil.writeAscii(out, " " + request.path() + "?" + query + " HTTP/1.1\r\n");
    ByteBufUtil.writeAscii(out, request.headers());
    return out.writeBytes(text);
  }
}
