/** Everything in one process: the only module that sees all others. */
@NullMarked
package io.carillon.standalone;

import org.jspecify.annotations.NullMarked;
