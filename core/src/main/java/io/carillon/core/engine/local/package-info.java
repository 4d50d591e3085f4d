/**
 * The in-process engine: the reference implementation of the ports, and the default on one machine.
 */
@NullMarked
package io.carillon.core.engine.local;

import org.jspecify.annotations.NullMarked;
