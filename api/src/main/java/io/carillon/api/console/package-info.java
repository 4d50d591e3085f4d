/** The console's management API; a process without the role {@code console} has none of it. */
@NullMarked
@Configuration
@Requires(property = "carillon.role.console", notEquals = "false")
package io.carillon.api.console;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
