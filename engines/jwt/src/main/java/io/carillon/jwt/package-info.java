/** Client tokens as JWTs: HS256, signed with the secret of an application's key. */
@NullMarked
package io.carillon.jwt;

import org.jspecify.annotations.NullMarked;
