package io.carillon.core.account;

import java.time.Instant;

/** An account's place in a tenant, as the tenant sees it. Immutable. */
public record TeamMember(
    MemberId id, AccountId account, EmailAddress email, TeamRole role, Instant since) {}
