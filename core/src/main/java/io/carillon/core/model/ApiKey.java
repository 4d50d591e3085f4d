package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A key of an application. Its secret is shown to the tenant once and kept to check signatures.
 * Immutable.
 *
 * @param label the tenant's own name for it
 * @param limit what may be done with it, and with all that it signs; null for everything
 */
public record ApiKey(KeyId id, Secret secret, String label, @Nullable Capabilities limit) {
  /** One that may do everything. */
  public ApiKey(KeyId id, Secret secret, String label) {
    this(id, secret, label, null);
  }
}
