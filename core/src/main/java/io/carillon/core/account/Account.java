package io.carillon.core.account;

import java.time.Instant;

/**
 * A person who signs in to the console. Immutable.
 *
 * @param verified whether a link that was mailed to the address was opened
 */
public record Account(AccountId id, EmailAddress email, boolean verified, Instant since) {}
