/** Proof of the native protocol on real sockets; tests name the clauses of its text. */
@NullMarked
package io.carillon.edge.protocol.carillon;

import org.jspecify.annotations.NullMarked;
