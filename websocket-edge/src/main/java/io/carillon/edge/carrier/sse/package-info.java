/** Streams of server-sent events, and what their clients send beside them. */
@NullMarked
package io.carillon.edge.carrier.sse;

import org.jspecify.annotations.NullMarked;
