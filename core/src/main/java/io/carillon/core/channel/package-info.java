/** Which rules a channel's name gets: size, client events, what the log keeps. */
@NullMarked
package io.carillon.core.channel;

import org.jspecify.annotations.NullMarked;
