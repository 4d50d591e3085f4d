package io.carillon.core.account;

import io.carillon.core.model.TenantId;

/** An account's place in a tenant, as the account sees it. Immutable. */
public record Membership(TenantId tenant, String tenantName, TeamRole role) {}
