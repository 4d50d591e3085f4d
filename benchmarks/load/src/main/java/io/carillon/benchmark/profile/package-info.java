@NullMarked
package io.carillon.benchmark.profile;

import org.jspecify.annotations.NullMarked;
