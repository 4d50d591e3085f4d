/** Fixtures: a started server, a backend that signs, time and a directory in hand. */
@NullMarked
package io.carillon.api;

import org.jspecify.annotations.NullMarked;
