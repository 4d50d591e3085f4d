/** What becomes of single messages: which ones are traced, and what this node knows of them. */
@NullMarked
package io.carillon.core.trace;

import org.jspecify.annotations.NullMarked;
