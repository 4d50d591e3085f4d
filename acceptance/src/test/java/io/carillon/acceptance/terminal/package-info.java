/** The commands and the examples for a terminal, as processes of their own. */
@NullMarked
package io.carillon.acceptance.terminal;

import org.jspecify.annotations.NullMarked;
