/** What targets of fuzzing share; each target stands in the package of what it looks into. */
@NullMarked
package io.carillon.fuzz;

import org.jspecify.annotations.NullMarked;
