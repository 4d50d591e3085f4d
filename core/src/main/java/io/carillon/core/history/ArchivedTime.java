package io.carillon.core.history;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.engine.Directory;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Over which time a channel is archived, as the directory says. Immutable. */
record ArchivedTime(Directory directory, Ticker ticker) {
  /** How much longer a node may have gone by the rules of before, with room for its clock. */
  private static final Duration RULES_SPREAD = Duration.ofSeconds(2);

  /** From when on the channel's past may be read, or null when it is not archived. */
  @Nullable Long sinceMillis(ChannelId channel) {
    App app = directory.app(channel.app());
    Integer days = app == null ? null : ChannelPolicy.of(app, channel.name()).historyDays();
    return days == null ? null : ticker.epochMillis() - Duration.ofDays(days).toMillis();
  }

  /** Whether the rules have not changed since this was archived. */
  boolean isSteadySince(Publication archived) {
    App app = directory.app(archived.channel().app());
    return app != null
        && archived.timestampMillis()
            >= (app.rulesSinceMillis() == 0 ? 0 : app.rulesSinceMillis() + RULES_SPREAD.toMillis());
  }
}
