/** The native protocol; its text is docs/protocol/carillon-v1.md. */
@NullMarked
package io.carillon.edge.protocol.carillon;

import org.jspecify.annotations.NullMarked;
