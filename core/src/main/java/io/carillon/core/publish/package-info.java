/** One use case: a message gets its position, or a sealed reason why not. */
@NullMarked
package io.carillon.core.publish;

import org.jspecify.annotations.NullMarked;
