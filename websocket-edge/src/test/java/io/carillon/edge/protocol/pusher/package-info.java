/** Proof of the Pusher protocol on a real socket. */
@NullMarked
package io.carillon.edge.protocol.pusher;

import org.jspecify.annotations.NullMarked;
