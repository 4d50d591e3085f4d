/** Client tokens for a backend, their revocation, and why something is refused. */
@NullMarked
package io.carillon.api.tokens;

import org.jspecify.annotations.NullMarked;
