package io.carillon.api.listen;

import io.carillon.core.metric.HttpCounters;
import io.carillon.core.span.Spans;

/**
 * What is done with all requests. Immutable.
 *
 * @param logs whether each is logged
 * @param spans {@link Spans#NONE} where nothing is traced
 */
record Watching(HttpCounters counters, boolean logs, Spans spans) {}
