/** Proof of what protocols have in common. */
@NullMarked
package io.carillon.edge.protocol;

import org.jspecify.annotations.NullMarked;
