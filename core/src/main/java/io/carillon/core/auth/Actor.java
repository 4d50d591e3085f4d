package io.carillon.core.auth;

import io.carillon.core.model.ChannelKind.Access;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Explanation;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Standing;
import org.jspecify.annotations.Nullable;

/** Who asks for something, by what was shown and found good. Immutable. */
public sealed interface Actor {
  Standing standing();

  /** Who it is, or null for nobody in particular. */
  default @Nullable String clientId() {
    return null;
  }

  /** The key that acts, or that signed what was shown; null for none in particular. */
  @Nullable KeyId key();

  /** What was shown allows on a channel, whatever the key's limit and the channel's rule say. */
  Explanation explain(Operation operation, ChannelName channel);

  /** An application's backend, which showed a key's secret. */
  record Backend(KeyId key) implements Actor {
    @Override
    public Standing standing() {
      return Standing.SERVER;
    }

    @Override
    public Explanation explain(Operation operation, ChannelName channel) {
      return new Explanation.BySecret(key);
    }
  }

  /** A client with a token of the application. */
  record TokenHolder(ClientToken token) implements Actor {
    @Override
    public Standing standing() {
      return Standing.TOKENS;
    }

    @Override
    public KeyId key() {
      return token.key();
    }

    @Override
    public @Nullable String clientId() {
      return token.clientId();
    }

    @Override
    public Explanation explain(Operation operation, ChannelName channel) {
      return token.explain(operation, channel);
    }
  }

  /** Everyone who knows an application's public key: may listen to open channels. */
  record KeyHolder(@Nullable KeyId key) implements Actor {
    public static final KeyHolder ANYONE = new KeyHolder(null);

    private static final Explanation OPEN = new Explanation.OpenChannel();
    private static final Explanation CLOSED = new Explanation.NeedsCredentials();

    @Override
    public Standing standing() {
      return Standing.CLIENTS;
    }

    @Override
    public Explanation explain(Operation operation, ChannelName channel) {
      boolean reads = operation == Operation.SUBSCRIBE || operation == Operation.HISTORY;
      return reads && channel.kind().access() == Access.OPEN ? OPEN : CLOSED;
    }
  }
}
