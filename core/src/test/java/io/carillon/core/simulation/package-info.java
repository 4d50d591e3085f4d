/**
 * The whole system on virtual time: nodes, log, bus, archive, clients and publishers, and faults.
 */
@NullMarked
package io.carillon.core.simulation;

import org.jspecify.annotations.NullMarked;
