/** Proof of what is agreed on in the opening handshake. */
@NullMarked
package io.carillon.edge.listen;

import org.jspecify.annotations.NullMarked;
