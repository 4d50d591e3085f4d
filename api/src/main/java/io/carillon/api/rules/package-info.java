/** An application's channel rules, for its backend. */
@NullMarked
package io.carillon.api.rules;

import org.jspecify.annotations.NullMarked;
