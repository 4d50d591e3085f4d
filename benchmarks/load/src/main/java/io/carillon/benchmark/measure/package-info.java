@NullMarked
package io.carillon.benchmark.measure;

import org.jspecify.annotations.NullMarked;
