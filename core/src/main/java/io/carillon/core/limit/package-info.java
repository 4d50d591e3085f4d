/** How much each application may do in a second, over all nodes. */
@NullMarked
package io.carillon.core.limit;

import org.jspecify.annotations.NullMarked;
