@NullMarked
package io.carillon.benchmark.system;

import org.jspecify.annotations.NullMarked;
