/** Single steps of the hot path. */
@NullMarked
package io.carillon.benchmark.jmh;

import org.jspecify.annotations.NullMarked;
