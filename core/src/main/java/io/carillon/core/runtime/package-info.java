/** The only doors to time, threads and chance. */
@NullMarked
package io.carillon.core.runtime;

import org.jspecify.annotations.NullMarked;
