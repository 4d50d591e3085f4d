/** Proof of RFC 6455, byte by byte and on real sockets. */
@NullMarked
package io.carillon.edge.carrier.websocket;

import org.jspecify.annotations.NullMarked;
