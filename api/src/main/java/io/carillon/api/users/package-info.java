/** What a backend can do about its users' connections. */
@NullMarked
package io.carillon.api.users;

import org.jspecify.annotations.NullMarked;
