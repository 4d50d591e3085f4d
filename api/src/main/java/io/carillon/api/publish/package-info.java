/** Publishing to channels and to users. */
@NullMarked
package io.carillon.api.publish;

import org.jspecify.annotations.NullMarked;
