/** Pusher's own Java libraries, unmodified, against a started server process. */
@NullMarked
package io.carillon.acceptance.libraries;

import org.jspecify.annotations.NullMarked;
