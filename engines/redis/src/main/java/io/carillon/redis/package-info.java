/** The ports of core on Redis, so that several processes share their channels. */
@NullMarked
package io.carillon.redis;

import org.jspecify.annotations.NullMarked;
