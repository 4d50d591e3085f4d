package io.carillon.core.auth;

import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Explanation;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.carillon.core.model.PlainText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's backend says of a client, once its signature was checked. Holds nothing of the
 * signature, so it may be printed. Immutable.
 *
 * @param id names this one token, so that it can be revoked; null when the backend gave it none
 * @param clientId who the client is, or null for anyone
 * @param issuedAt seconds since 1970
 * @param expiresAt seconds since 1970; from then on it no longer counts, but for {@link
 *     #CLOCK_SKEW}
 * @param key whose secret signed it
 * @param limits how much its holder may do
 */
public record ClientToken(
    @Nullable String id,
    @Nullable String clientId,
    Capabilities capabilities,
    long issuedAt,
    long expiresAt,
    KeyId key,
    TokenLimits limits) {
  public static final int MAX_ID_LENGTH = 128;

  private static final Explanation OWN_CHANNEL = new Explanation.OwnChannel();

  /** One without limits of its own. */
  public ClientToken(
      @Nullable String id,
      @Nullable String clientId,
      Capabilities capabilities,
      long issuedAt,
      long expiresAt,
      KeyId key) {
    this(id, clientId, capabilities, issuedAt, expiresAt, key, TokenLimits.NONE);
  }

  /** No token lives longer, so that nothing has to remember a revocation for longer. */
  public static final Duration MAX_LIFE = Duration.ofHours(24);

  /** How far the clocks of backends may be off. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  /**
   * Whether the text can be the id of a token or client: no control characters, 1 to 128 others,
   * each of them whole.
   */
  public static boolean isId(String text) {
    return !text.isEmpty() && text.length() <= MAX_ID_LENGTH && PlainText.isPlain(text);
  }

  /** Whether the client may do this. */
  public boolean allows(Operation operation, ChannelName channel) {
    return explain(operation, channel).allowed();
  }

  /**
   * Why the client may or may not do this. A capability allows it; and what backends send to a
   * user, that user may read without one. Allocates nothing when it is allowed.
   */
  public Explanation explain(Operation operation, ChannelName channel) {
    return readsOwnChannel(operation, channel)
        ? OWN_CHANNEL
        : capabilities.explain(operation, channel);
  }

  private boolean readsOwnChannel(Operation operation, ChannelName channel) {
    boolean reads = operation == Operation.SUBSCRIBE || operation == Operation.HISTORY;
    return reads
        && clientId != null
        && channel.kind() == ChannelKind.USER
        && channel.value().length() == ChannelKind.USER.prefix().length() + clientId.length()
        && channel.value().endsWith(clientId);
  }
}
