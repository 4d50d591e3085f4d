/** Webhooks in their tables: endpoints, what waits for them, the ledger, and who is there. */
@NullMarked
package io.carillon.postgres.webhook;

import org.jspecify.annotations.NullMarked;
