/** Wire formats: how values become bytes and bytes become values, whatever they mean. */
@NullMarked
package io.carillon.edge.format;

import org.jspecify.annotations.NullMarked;
