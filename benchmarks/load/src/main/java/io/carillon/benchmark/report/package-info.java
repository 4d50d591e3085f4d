@NullMarked
package io.carillon.benchmark.report;

import org.jspecify.annotations.NullMarked;
