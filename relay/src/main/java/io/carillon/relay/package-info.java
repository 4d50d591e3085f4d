/** Publishes what a backend has written to an outbox in its own Postgres. */
@NullMarked
package io.carillon.relay;

import org.jspecify.annotations.NullMarked;
