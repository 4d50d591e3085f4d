/** The console's accounts, teams and audit log in Postgres. */
@NullMarked
package io.carillon.postgres.console;

import org.jspecify.annotations.NullMarked;
