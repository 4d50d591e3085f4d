/** What a backend needs to let its clients in, and to trust what Carillon sends it. */
@NullMarked
package io.carillon.client;

import org.jspecify.annotations.NullMarked;
