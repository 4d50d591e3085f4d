/** Runs a real Postgres server from binaries carried in a jar. */
@NullMarked
package io.carillon.postgres.embedded;

import org.jspecify.annotations.NullMarked;
