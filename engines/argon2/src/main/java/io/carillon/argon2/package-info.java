/** Passwords by Argon2id. */
@NullMarked
package io.carillon.argon2;

import org.jspecify.annotations.NullMarked;
