/**
 * Sockets, and one folder for each client protocol. A process without the role {@code edge} has
 * none of it.
 */
@NullMarked
@Configuration
@Requires(property = "carillon.role.edge", notEquals = "false")
package io.carillon.edge;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
