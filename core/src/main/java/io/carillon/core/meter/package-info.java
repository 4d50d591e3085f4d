/** Counts what applications use, on this node, and has it written down. */
@NullMarked
package io.carillon.core.meter;

import org.jspecify.annotations.NullMarked;
