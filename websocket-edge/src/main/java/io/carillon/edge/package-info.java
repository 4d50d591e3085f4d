/** Sockets, and one folder per client protocol. */
@NullMarked
package io.carillon.edge;

import org.jspecify.annotations.NullMarked;
