package io.carillon.acceptance.libraries;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.PresenceUser;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.TestApp;
import java.util.Base64;

/** A backend that uses com.pusher:pusher-http-java for all it does. */
final class Backend {
  private static final byte[] MASTER_KEY = new byte[32];

  private Backend() {}

  static Pusher of(TestApp app) {
    String masterKey = Base64.getEncoder().encodeToString(MASTER_KEY);
    Pusher pusher = new Pusher(app.id(), app.key(), app.secret(), masterKey);
    pusher.setHost(app.server().getAuthority());
    return pusher;
  }

  /** The answer of the endpoint that authorises this user's channels. */
  static String authorize(TestApp app, String channel, String socketId, String userId) {
    if (channel.startsWith("presence-")) {
      PresenceUser user = new PresenceUser(userId, Json.map("name", userId));
      return of(app).authenticate(socketId, channel, user);
    }
    return of(app).authenticate(socketId, channel);
  }
}
