/** What was promised, held against what was written down. */
@NullMarked
package io.carillon.chaos.check;

import org.jspecify.annotations.NullMarked;
