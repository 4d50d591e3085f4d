@NullMarked
package io.carillon.chaos;

import org.jspecify.annotations.NullMarked;
