package io.carillon.core.model;

import java.util.UUID;

/** The identity of a tenant: random, so that one tenant's id says nothing about another's. */
public record TenantId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
