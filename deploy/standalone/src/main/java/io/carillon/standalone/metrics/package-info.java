/** Serves the process's figures to Prometheus. */
@NullMarked
package io.carillon.standalone.metrics;

import org.jspecify.annotations.NullMarked;
