package io.carillon.acceptance.harness;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A tenant's application with its secret: its clients and its backend. Confined to the test. */
public final class TestApp implements AutoCloseable {
  private final URI server;
  private final String id;
  private final String key;
  private final String secret;
  private final List<RawSocket> sockets = new ArrayList<>();

  public TestApp(URI server, String id, String key, String secret) {
    this.server = server;
    this.id = id;
    this.key = key;
    this.secret = secret;
  }

  public URI server() {
    return server;
  }

  public String id() {
    return id;
  }

  public String key() {
    return key;
  }

  public String secret() {
    return secret;
  }

  public SignedRest rest() {
    return new SignedRest(server, id, key, secret);
  }

  /** Where this application's clients connect. */
  public URI socketUrl(String query) {
    return URI.create(
        "ws://" + server.getAuthority() + "/app/" + key + (query.isEmpty() ? "" : "?" + query));
  }

  /** A connection of protocol 7 that was welcomed. */
  public RawSocket connect() {
    return kept(RawSocket.connect(socketUrl("protocol=7&client=acceptance&version=1")));
  }

  /** A connection with this query, which may be refused. */
  public RawSocket open(String query) {
    return kept(RawSocket.open(socketUrl(query)));
  }

  private RawSocket kept(RawSocket socket) {
    sockets.add(socket);
    return socket;
  }

  /** A connection that is subscribed to this channel. */
  public RawSocket subscriber(String channel) {
    RawSocket socket = connect();
    subscribe(socket, channel);
    return socket;
  }

  /** A connection that is a member of this presence channel. */
  public RawSocket member(String channel, Object userId) {
    RawSocket socket = connect();
    subscribe(socket, channel, Json.object("user_id", userId));
    return socket;
  }

  /** A connection that signed in as this user. */
  public RawSocket user(String userId) {
    RawSocket socket = connect();
    signIn(socket, Json.object("id", userId));
    socket.await("pusher:signin_success");
    return socket;
  }

  /** Subscribes, signed where the channel needs it, and waits for the confirmation. */
  public Frame subscribe(RawSocket socket, String channel) {
    if (channel.startsWith("private-")) {
      socket.sendEvent("pusher:subscribe", "channel", channel, "auth", auth(socket, channel));
    } else {
      socket.sendEvent("pusher:subscribe", "channel", channel, "auth", "");
    }
    return socket.await("pusher_internal:subscription_succeeded", channel);
  }

  /** Subscribes to a presence channel and waits for the confirmation. */
  public Frame subscribe(RawSocket socket, String channel, String channelData) {
    sendSubscribe(socket, channel, channelData);
    return socket.await("pusher_internal:subscription_succeeded", channel);
  }

  /** Asks for a channel with signed data; the answer is left to the test. */
  public void sendSubscribe(RawSocket socket, String channel, String channelData) {
    String auth = auth(socket, channel + ":" + channelData);
    socket.sendEvent(
        "pusher:subscribe", "channel", channel, "auth", auth, "channel_data", channelData);
  }

  public void signIn(RawSocket socket, String userData) {
    String auth = auth(socket, ":user::" + userData);
    socket.sendEvent("pusher:signin", "auth", auth, "user_data", userData);
  }

  /** {@code <key>:<signature of "<socket_id>:<text>">}. */
  public String auth(RawSocket socket, String text) {
    return key + ":" + Signing.hmac(secret, socket.socketId() + ":" + text);
  }

  @Override
  public void close() {
    sockets.forEach(RawSocket::close);
  }
}
