/** Connections, channels and publishing; and what a backend needs to let its clients in. */
@NullMarked
package io.carillon.client;

import org.jspecify.annotations.NullMarked;
