/** Pusher protocol 5, 6 and 7. */
@NullMarked
package io.carillon.edge.protocol.pusher;

import org.jspecify.annotations.NullMarked;
