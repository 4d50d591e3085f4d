/** Requests that wait for frames: nothing is kept between two of them. */
@NullMarked
package io.carillon.edge.carrier.poll;

import org.jspecify.annotations.NullMarked;
