/** How the console's pages are served. */
@NullMarked
package io.carillon.standalone.console;

import org.jspecify.annotations.NullMarked;
