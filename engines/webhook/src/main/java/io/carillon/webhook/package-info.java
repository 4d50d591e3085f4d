/** Calls tenants' servers: only at addresses that they may have called, and for a bounded time. */
@NullMarked
package io.carillon.webhook;

import org.jspecify.annotations.NullMarked;
