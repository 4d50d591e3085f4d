/** Fakes that run all of core in one thread, on virtual time. */
@NullMarked
package io.carillon.core.testing;

import org.jspecify.annotations.NullMarked;
