/** Clients of all kinds, which write down what they were told. */
@NullMarked
package io.carillon.chaos.work;

import org.jspecify.annotations.NullMarked;
