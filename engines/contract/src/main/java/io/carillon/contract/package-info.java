/** One abstract test suite per port; every engine runs them. */
@NullMarked
package io.carillon.contract;

import org.jspecify.annotations.NullMarked;
