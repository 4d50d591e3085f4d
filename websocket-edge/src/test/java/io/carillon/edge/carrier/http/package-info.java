/** Proof of the HTTP transports on real requests. */
@NullMarked
package io.carillon.edge.carrier.http;

import org.jspecify.annotations.NullMarked;
