/** Moves bytes: lanes on event loops, bounded outboxes, joined frames. */
@NullMarked
package io.carillon.edge.carrier;

import org.jspecify.annotations.NullMarked;
