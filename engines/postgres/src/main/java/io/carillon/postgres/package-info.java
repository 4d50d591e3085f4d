/** The directory of tenants, apps, keys and rules in Postgres. */
@NullMarked
package io.carillon.postgres;

import org.jspecify.annotations.NullMarked;
