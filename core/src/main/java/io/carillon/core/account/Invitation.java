package io.carillon.core.account;

import io.carillon.core.model.TenantId;
import java.time.Instant;

/** Lets whoever reads the mails of an address become a member. Immutable. */
public record Invitation(
    InvitationId id, TenantId tenant, EmailAddress email, TeamRole role, Instant expiresAt) {}
