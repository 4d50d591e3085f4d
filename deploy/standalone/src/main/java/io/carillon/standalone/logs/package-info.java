/** What the process logs, and in which form. */
@NullMarked
package io.carillon.standalone.logs;

import org.jspecify.annotations.NullMarked;
