/** Tests of the hashes. */
@NullMarked
package io.carillon.argon2;

import org.jspecify.annotations.NullMarked;
