@NullMarked
package io.carillon.chaos.check;

import org.jspecify.annotations.NullMarked;
