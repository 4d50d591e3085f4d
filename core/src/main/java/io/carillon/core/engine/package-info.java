/**
 * The ports: the log, presence, occupancy, the directory and the control bus, with their small
 * values.
 */
@NullMarked
package io.carillon.core.engine;

import org.jspecify.annotations.NullMarked;
