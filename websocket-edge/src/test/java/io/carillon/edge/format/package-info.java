/** Proof of the wire formats against the field's own library. */
@NullMarked
package io.carillon.edge.format;

import org.jspecify.annotations.NullMarked;
