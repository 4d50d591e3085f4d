/** Long responses and polls for clients whose network blocks WebSockets. */
@NullMarked
package io.carillon.edge.carrier.http;

import org.jspecify.annotations.NullMarked;
