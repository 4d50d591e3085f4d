package io.carillon.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the nodes, as a load balancer does: each connection goes to the next node that
 * calls itself ready, with no memory of who it is. Thread-safe.
 */
public final class Front implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final int CONNECT_MILLIS_MAX = 1_000;
  private static final int BACKLOG = 1_024;

  private final List<NodeProcess> nodes;
  private final Set<NodeProcess> ready = ConcurrentHashMap.newKeySet();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();
  private final ServerSocket door;

  Front(List<NodeProcess> nodes) {
    this.nodes = List.copyOf(nodes);
    ready.addAll(nodes);
    try {
      this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    nodes.forEach(node -> Thread.ofVirtual().start(() -> watch(node)));
    Thread.ofVirtual().start(this::acceptAll);
  }

  public String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  public int port() {
    return door.getLocalPort();
  }

  private void watch(NodeProcess node) {
    while (!door.isClosed()) {
      if (node.isReady()) {
        ready.add(node);
      } else {
        ready.remove(node);
      }
      Waiting.pass(LOOK_EVERY);
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> carry(client));
      }
    } catch (IOException closed) {
      Set.copyOf(sockets).forEach(this::end);
    }
  }

  private void carry(Socket client) {
    sockets.add(client);
    Socket server = dial();
    if (server == null) {
      end(client);
      return;
    }
    sockets.add(server);
    Thread.ofVirtual().start(() -> copy(client, server));
    copy(server, client);
  }

  /** The node whose turn it is, else any other that is ready and can be reached. */
  private @Nullable Socket dial() {
    int first = turn.getAndIncrement();
    return IntStream.range(0, nodes.size())
        .mapToObj(i -> nodes.get(Math.floorMod(first + i, nodes.size())))
        .filter(ready::contains)
        .map(Front::dial)
        .filter(socket -> socket.isConnected())
        .findFirst()
        .orElse(null);
  }

  private static Socket dial(NodeProcess node) {
    Socket socket = new Socket();
    try {
      socket.connect(Ports.at(node.port()), CONNECT_MILLIS_MAX);
      socket.setTcpNoDelay(true);
    } catch (IOException unreachable) {
      // an unconnected socket says so
    }
    return socket;
  }

  private void copy(Socket from, Socket to) {
    try {
      from.setTcpNoDelay(true);
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // told by the end of both
    }
    end(from);
    end(to);
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone all the same
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set.copyOf(sockets).forEach(this::end);
  }
}
