/** What applications used, in Postgres. */
@NullMarked
package io.carillon.postgres.usage;

import org.jspecify.annotations.NullMarked;
