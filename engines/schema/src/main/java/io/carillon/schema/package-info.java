/** JSON schemas of channel rules, bounded in time whatever they say. */
@NullMarked
package io.carillon.schema;

import org.jspecify.annotations.NullMarked;
