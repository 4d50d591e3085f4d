/** RFC 6455, written for encoded-once frames. */
@NullMarked
package io.carillon.edge.carrier.websocket;

import org.jspecify.annotations.NullMarked;
