@NullMarked
package io.carillon.benchmark.load;

import org.jspecify.annotations.NullMarked;
