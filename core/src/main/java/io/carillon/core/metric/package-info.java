/** What an operator can measure: the catalogue of metrics, and what counts for it. */
@NullMarked
package io.carillon.core.metric;

import org.jspecify.annotations.NullMarked;
