/** Tells a collector of OpenTelemetry what the process does. */
@NullMarked
package io.carillon.standalone.tracing;

import org.jspecify.annotations.NullMarked;
