package io.carillon.edge.protocol.pusher;

import io.carillon.core.auth.Signatures;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * An auth string {@code <key>:<signature>} whose key is an active one of the application: not only
 * the one that the connection was opened with, so that backends and pages can change to a new key
 * one after the other.
 */
record SignedAuth(ApiKey key, String signature) {
  /** Without what somebody authenticates with. */
  @Override
  public String toString() {
    return "SignedAuth";
  }

  /** The auth string's parts, or null when it names no active key of the application. */
  static @Nullable SignedAuth parse(App app, @Nullable String auth) {
    int colon = auth == null ? -1 : auth.indexOf(':');
    if (auth == null || colon < 0 || !KeyId.isValid(auth.substring(0, colon))) {
      return null;
    }
    ApiKey key = app.key(new KeyId(auth.substring(0, colon)));
    return key == null ? null : new SignedAuth(key, auth.substring(colon + 1));
  }

  /** Whether the signature is that of the text. */
  boolean signs(String text) {
    return Signatures.matches(key.secret(), text, signature);
  }
}
