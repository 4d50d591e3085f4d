package io.carillon.postgres;

import io.carillon.core.engine.Revocation;
import io.carillon.core.engine.RevocationAdmin;
import io.carillon.core.model.TenantId;

/** Keeps revocations in their table, whose trigger tells the nodes. Immutable, thread-safe. */
record PostgresRevocationAdmin(DirectoryTables tables) implements RevocationAdmin {
  @Override
  public boolean keep(TenantId tenant, Revocation revocation) {
    return tables
        .transactions()
        .executeWrite(
            status -> {
              String app = revocation.order().app().value();
              boolean exists =
                  tables.apps().findByTenantIdAndIdForUpdate(tenant.value(), app).isPresent();
              if (exists) {
                tables.revocations().keep(RevocationRow.of(tenant, revocation));
              }
              return exists;
            });
  }
}
