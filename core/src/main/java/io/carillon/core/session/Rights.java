package io.carillon.core.session;

import io.carillon.core.model.ChannelKind.Access;
import io.carillon.core.model.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * What a connection may do by what it showed when it opened; where a protocol signs single
 * channels, that comes on top. Immutable.
 */
public interface Rights {
  boolean maySubscribe(ChannelName channel);

  boolean mayPublish(ChannelName channel);

  boolean mayReadHistory(ChannelName channel);

  /** Whether it may enter the channel's presence, and be told who is present. */
  boolean mayBePresent(ChannelName channel);

  /** Who it is, or null for nobody in particular. */
  @Nullable String clientId();

  /** What every holder of an application's public key may do: listen to open channels. */
  Rights OF_KEY =
      new Rights() {
        @Override
        public boolean maySubscribe(ChannelName channel) {
          return channel.kind().access() == Access.OPEN;
        }

        @Override
        public boolean mayPublish(ChannelName channel) {
          return false;
        }

        @Override
        public boolean mayReadHistory(ChannelName channel) {
          return maySubscribe(channel);
        }

        @Override
        public boolean mayBePresent(ChannelName channel) {
          return false;
        }

        @Override
        public @Nullable String clientId() {
          return null;
        }
      };
}
