package io.carillon.api.http;

import io.carillon.core.auth.Actor;
import io.carillon.core.engine.Directory;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says whose a request is by {@code Authorization: Basic} (RFC 7617), with a key as the user and
 * its secret as the password. Thread-safe.
 */
final class BasicAuthentication {
  static final String CHALLENGE = "Basic realm=\"carillon\", charset=\"UTF-8\"";

  private static final String SCHEME = "basic ";

  /** Compared with where there is no key, so that the time does not tell which keys there are. */
  private static final Secret NOBODYS = Secret.of("nobody's");

  /** The same for every reason, so that nobody learns which keys there are. */
  private static final Problem REFUSAL =
      Problem.of(
          ErrorCode.CREDENTIALS_INVALID,
          "Authorization (expected: Basic with a key and its secret)");

  private final Directory directory;

  BasicAuthentication(Directory directory) {
    this.directory = directory;
  }

  Checked<Caller> verify(@Nullable String authorization) {
    String credentials = authorization == null ? null : credentials(authorization);
    int colon = credentials == null ? -1 : credentials.indexOf(':');
    if (credentials == null || colon < 0 || colon == credentials.length() - 1) {
      return Checked.refused(REFUSAL);
    }
    String keyText = credentials.substring(0, colon);
    KeyId id = KeyId.isValid(keyText) ? new KeyId(keyText) : null;
    App app = id == null ? null : directory.appOfKey(id);
    ApiKey key = app == null || id == null ? null : app.key(id);
    Secret expected = key == null ? NOBODYS : key.secret();
    // the comparison comes first and takes the same time wherever a wrong secret differs
    boolean right = expected.equals(Secret.of(credentials.substring(colon + 1)));
    return right && app != null && key != null
        ? Checked.valid(new Caller(app, new Actor.Backend(key.id())))
        : Checked.refused(REFUSAL);
  }

  /** The key that is named, be the rest right or wrong; null for none. */
  @Nullable KeyId named(String authorization) {
    String credentials = credentials(authorization);
    int colon = credentials == null ? -1 : credentials.indexOf(':');
    String key = credentials == null || colon < 0 ? "" : credentials.substring(0, colon);
    return KeyId.isValid(key) ? new KeyId(key) : null;
  }

  private static @Nullable String credentials(String authorization) {
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
      return new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
