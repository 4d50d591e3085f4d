package io.carillon.core.model;

/**
 * A key of an application. Its secret is shown to the tenant once and kept to check signatures.
 *
 * @param label the tenant's own name for it
 */
public record ApiKey(KeyId id, Secret secret, String label) {}
