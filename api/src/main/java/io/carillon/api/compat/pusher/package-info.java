/** The Pusher HTTP API, for the server libraries that exist for it. */
@NullMarked
package io.carillon.api.compat.pusher;

import org.jspecify.annotations.NullMarked;
