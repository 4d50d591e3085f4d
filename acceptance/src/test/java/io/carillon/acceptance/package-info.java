/** The Pusher protocol and its promises, tried against a started server process. */
@NullMarked
package io.carillon.acceptance;

import org.jspecify.annotations.NullMarked;
