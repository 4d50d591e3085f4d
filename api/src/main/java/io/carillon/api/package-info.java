/** HTTP for backends and for the console. */
@NullMarked
package io.carillon.api;

import org.jspecify.annotations.NullMarked;
