/** Tests of the JWT engine. */
@NullMarked
package io.carillon.jwt;

import org.jspecify.annotations.NullMarked;
