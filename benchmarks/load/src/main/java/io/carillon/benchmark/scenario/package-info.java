@NullMarked
package io.carillon.benchmark.scenario;

import org.jspecify.annotations.NullMarked;
