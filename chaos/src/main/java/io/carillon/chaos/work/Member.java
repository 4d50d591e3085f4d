package io.carillon.chaos.work;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is present by way of one node until it breaks, and does not come back. Its thread
 * reads; any may drop it.
 */
final class Member implements AutoCloseable {
  private final String name;
  private final RawSocket socket;

  private Member(String name, RawSocket socket) {
    this.name = name;
    this.socket = socket;
    Thread.ofVirtual().start(this::read);
  }

  static Member enter(String name, int port, String room) throws IOException {
    RawSocket socket = RawSocket.open(port);
    socket.send(
        "[%s,{\"t\":\"enter\",\"i\":2,\"ch\":%s}]"
            .formatted(Access.hello(name), RawSocket.quoted(room)));
    socket.await("welcome");
    socket.await("ok");
    return new Member(name, socket);
  }

  String name() {
    return name;
  }

  private void read() {
    @Nullable Object last = this;
    try {
      while (last != null) {
        last = socket.next();
      }
    } catch (IOException gone) {
      socket.close();
    }
  }

  /** Without a word. */
  @Override
  public void close() {
    socket.close();
  }
}
