/** HTTP for backends and for the console. A process without the role {@code api} has none of it. */
@NullMarked
@Configuration
@Requires(property = "carillon.role.api", notEquals = "false")
package io.carillon.api;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
