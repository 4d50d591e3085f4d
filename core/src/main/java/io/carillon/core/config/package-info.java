/** Every setting of Carillon in one catalogue, and the loader that turns them into values. */
@NullMarked
package io.carillon.core.config;

import org.jspecify.annotations.NullMarked;
