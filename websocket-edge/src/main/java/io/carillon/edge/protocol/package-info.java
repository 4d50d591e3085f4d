/** The interface that every client protocol implements; one folder each. */
@NullMarked
package io.carillon.edge.protocol;

import org.jspecify.annotations.NullMarked;
