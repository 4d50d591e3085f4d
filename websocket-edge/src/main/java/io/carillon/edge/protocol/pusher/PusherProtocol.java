package io.carillon.edge.protocol.pusher;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.KeyId;
import io.carillon.core.session.KeepAlive.Timeouts;
import io.carillon.core.session.Rights;
import io.carillon.edge.format.ClientJson;
import io.carillon.edge.protocol.ClientProtocol;
import io.carillon.edge.protocol.ClientProtocol.Greeting.Refusal;
import io.carillon.edge.protocol.ClientProtocol.Greeting.Welcome;
import java.util.List;
import java.util.regex.Pattern;

/** Pusher protocol 5, 6 and 7 at {@code /app/<key>}. */
public final class PusherProtocol implements ClientProtocol {
  private static final String PATH = "/app";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** From this version on clients take the reason from the close frame alone. */
  private static final int CLOSE_CODES_SINCE = 6;

  private static final int OLDEST = 5;
  private static final int NEWEST = 7;

  private final PusherDialect plain;
  private final PusherDialect explaining;

  /**
   * The protocol with what its clients are told of liveness.
   *
   * @param timeouts whole seconds; after how much silence a client should ping is at least 1, since
   *     pusher-js refuses 0
   */
  public PusherProtocol(Timeouts timeouts) {
    CountingDialect counting = new CountingDialect(timeouts);
    this.plain = new PusherDialect(timeouts, false, counting);
    this.explaining = new PusherDialect(timeouts, true, counting);
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  @Override
  public Greeting greet(Handshake handshake) {
    String key = handshake.path().substring(Math.min(PATH.length() + 1, handshake.path().length()));
    if (key.isEmpty() || key.indexOf('/') >= 0) {
      return refusal(ErrorCode.PATH_NOT_FOUND, "\"" + handshake.path() + "\"");
    }
    List<String> versions = handshake.query().getOrDefault("protocol", List.of());
    if (versions.isEmpty()) {
      return refusal(ErrorCode.PROTOCOL_MISSING, "expected protocol=5, 6 or 7");
    }
    String version = versions.getFirst();
    if (!NUMBER.matcher(version).matches()) {
      return refusal(
          ErrorCode.PROTOCOL_VERSION_INVALID, "\"" + ClientJson.shortened(version) + "\"");
    }
    int number = Integer.parseInt(version);
    if (number < OLDEST || number > NEWEST) {
      return refusal(ErrorCode.PROTOCOL_UNSUPPORTED, version + " (expected: 5, 6 or 7)");
    }
    PusherDialect dialect = number < CLOSE_CODES_SINCE ? explaining : plain;
    if (!KeyId.isValid(key)) {
      return new Refusal(Problem.of(ErrorCode.APP_UNKNOWN, ClientJson.shortened(key)), dialect);
    }
    return new Welcome(new KeyId(key), Rights.OF_KEY, dialect, dialect::hello);
  }

  private Refusal refusal(ErrorCode code, String detail) {
    return new Refusal(Problem.of(code, detail), explaining);
  }
}
