/** What people look at when something is not as they expect: refusals, and who uses which key. */
@NullMarked
package io.carillon.core.inspect;

import org.jspecify.annotations.NullMarked;
