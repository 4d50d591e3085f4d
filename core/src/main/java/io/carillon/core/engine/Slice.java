package io.carillon.core.engine;

import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;

/**
 * A run of a channel's log.
 *
 * @param top the log's newest position at the time of reading
 * @param complete whether {@code publications} starts right behind the position that was asked for;
 *     false when its epoch is over or the log no longer holds what follows it
 */
public record Slice(Position top, boolean complete, List<Publication> publications) {}
