/** The commands that subscribe and publish from a terminal. */
@NullMarked
package io.carillon.standalone.cli;

import org.jspecify.annotations.NullMarked;
