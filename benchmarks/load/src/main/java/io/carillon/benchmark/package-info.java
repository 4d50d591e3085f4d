/** Load and measurement; knows servers by their profiles alone. */
@NullMarked
package io.carillon.benchmark;

import org.jspecify.annotations.NullMarked;
