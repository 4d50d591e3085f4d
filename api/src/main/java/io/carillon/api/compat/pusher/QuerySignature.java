package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.PercentCoded.Plus;
import io.carillon.api.http.QueryParameters;
import io.carillon.api.http.Quoted;
import io.carillon.core.auth.Signatures;
import io.carillon.core.engine.Directory;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Payload;
import io.carillon.core.runtime.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says whose a request is: the signature in its query covers method, path, parameters and, through
 * {@code body_md5}, the body. Thread-safe.
 *
 * <p>What was signed is not always what stands on the wire: libraries sign before they encode. Node
 * sends {@code +} for a plus, Java for a space; both are tried, and the reading that fits the
 * signature is the one that counts from there on.
 */
final class QuerySignature {
  /** How far a sender's clock may be off, which also is how long a request could be replayed. */
  static final long SKEW_SECONDS_MAX = 600;

  private static final String VERSION = "1.0";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final List<String> REQUIRED =
      List.of("auth_key", "auth_timestamp", "auth_version", "auth_signature");

  /** Looking an algorithm up costs as much as a small body's hash. */
  private static final ThreadLocal<MessageDigest> DIGESTS =
      ThreadLocal.withInitial(QuerySignature::newDigest);

  private final Directory directory;
  private final Ticker ticker;

  QuerySignature(Directory directory, Ticker ticker) {
    this.directory = directory;
    this.ticker = ticker;
  }

  Checked<SignedRequest> verify(Inbound sent) {
    return RequestPath.of(sent.path())
        .then(
            path ->
                QueryParameters.of(sent.query(), Plus.PLUS)
                    .then(parameters -> verify(sent, path, parameters)));
  }

  private Checked<SignedRequest> verify(Inbound sent, RequestPath path, QueryParameters asSent) {
    Problem incomplete = incomplete(asSent);
    if (incomplete != null) {
      return Checked.refused(incomplete);
    }
    App app = appOf(path);
    String keyText = asSent.get("auth_key", "");
    ApiKey key = app == null || !KeyId.isValid(keyText) ? null : app.key(new KeyId(keyText));
    if (app == null || key == null) {
      // the same words for both, so that nobody learns which applications there are
      return Checked.refused(
          ErrorCode.APP_UNKNOWN,
          Quoted.of(keyText) + " for application " + Quoted.of(path.segments().get(1)));
    }
    QueryParameters signed = signedReading(sent, path, asSent, key);
    if (signed == null) {
      String text = sent.method() + "\n" + path.signable().getLast() + "\n" + asSent.signable();
      return Checked.refused(
          ErrorCode.SIGNATURE_INVALID,
          "auth_signature (expected: the HMAC-SHA256 in hex of "
              + Quoted.of(text, 1_000)
              + " with the secret of "
              + key.id()
              + ")");
    }
    Problem problem = problemWith(signed, sent.body());
    return problem == null
        ? Checked.valid(
            new SignedRequest(app, key, path.segments(), signed, sent.headers(), sent.body()))
        : Checked.refused(problem);
  }

  private static @Nullable Problem incomplete(QueryParameters parameters) {
    for (String name : REQUIRED) {
      if (parameters.get(name) == null) {
        return Problem.of(
            ErrorCode.SIGNATURE_INVALID,
            name + ": missing (expected: " + String.join(", ", REQUIRED) + " in the query)");
      }
    }
    String version = parameters.get("auth_version", "");
    return version.equals(VERSION)
        ? null
        : Problem.of(
            ErrorCode.SIGNATURE_INVALID,
            "auth_version: " + Quoted.of(version) + " (expected: " + VERSION + ")");
  }

  private @Nullable App appOf(RequestPath path) {
    String id = path.segments().get(1);
    return AppId.isValid(id) ? directory.app(new AppId(id)) : null;
  }

  /** The reading of the query for which the signature is right, or null. */
  private static @Nullable QueryParameters signedReading(
      Inbound sent, RequestPath path, QueryParameters asSent, ApiKey key) {
    if (matches(sent, path, asSent, key)) {
      return asSent;
    }
    boolean other = sent.query().indexOf('+') >= 0;
    return other
            && QueryParameters.of(sent.query(), Plus.SPACE)
                instanceof Checked.Valid<QueryParameters>(var withSpaces)
            && matches(sent, path, withSpaces, key)
        ? withSpaces
        : null;
  }

  private static boolean matches(
      Inbound sent, RequestPath path, QueryParameters parameters, ApiKey key) {
    String signature = parameters.get("auth_signature", "");
    boolean right = false;
    for (String text : path.signable()) {
      right |=
          Signatures.matches(
              key.secret(), sent.method() + "\n" + text + "\n" + parameters.signable(), signature);
    }
    return right;
  }

  private @Nullable Problem problemWith(QueryParameters signed, Payload body) {
    String timestamp = signed.get("auth_timestamp", "");
    long now = ticker.epochMillis() / 1_000;
    if (!SECONDS.matcher(timestamp).matches()
        || Math.abs(now - Long.parseLong(timestamp)) > SKEW_SECONDS_MAX) {
      return Problem.of(
          ErrorCode.TIMESTAMP_STALE,
          "auth_timestamp: "
              + Quoted.of(timestamp)
              + " (expected: the time in seconds, about "
              + now
              + ")");
    }
    String md5 = signed.get("body_md5");
    if (md5 == null && body.size() == 0) {
      return null;
    }
    String actual = md5Of(body);
    return md5 != null && isEqual(md5, actual)
        ? null
        : Problem.of(
            ErrorCode.SIGNATURE_INVALID,
            "body_md5: "
                + (md5 == null ? "missing" : Quoted.of(md5))
                + " (expected: "
                + actual
                + ", the MD5 of the body)");
  }

  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String md5Of(Payload body) {
    return HexFormat.of().formatHex(DIGESTS.get().digest(body.bytes()));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("MD5 is part of every Java platform", e);
    }
  }
}
