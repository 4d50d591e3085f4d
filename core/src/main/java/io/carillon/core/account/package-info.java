/** Who signs in to the console, in which teams they are, and what they change. */
@NullMarked
package io.carillon.core.account;

import org.jspecify.annotations.NullMarked;
