/** What is told to a tracing system of the operator's: how long which part of the work took. */
@NullMarked
package io.carillon.core.span;

import org.jspecify.annotations.NullMarked;
