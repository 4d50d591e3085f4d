/** Puts the edge together from its configuration. */
@NullMarked
package io.carillon.edge.wiring;

import org.jspecify.annotations.NullMarked;
