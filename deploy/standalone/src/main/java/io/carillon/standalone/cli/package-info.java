/** The commands for a terminal, which are clients of a server by the library for Java. */
@NullMarked
package io.carillon.standalone.cli;

import org.jspecify.annotations.NullMarked;
