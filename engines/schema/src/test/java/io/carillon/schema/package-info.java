/** Tests of the schemas of channel rules. */
@NullMarked
package io.carillon.schema;

import org.jspecify.annotations.NullMarked;
