package io.carillon.core.engine;

import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The newest end of a channel's log at one moment.
 *
 * @param top the position of the newest publication; offset 0 when there is none in this epoch
 * @param latest the channel's latest kept message, or null
 */
public record Head(Position top, @Nullable Latest latest) {
  /**
   * A cache channel's message.
   *
   * @param remaining how long it is kept from now on
   */
  public record Latest(Publication publication, Duration remaining) {}
}
