/** One use case: reading a channel's past, page by page, from the hot log and the archive. */
@NullMarked
package io.carillon.core.history;

import org.jspecify.annotations.NullMarked;
