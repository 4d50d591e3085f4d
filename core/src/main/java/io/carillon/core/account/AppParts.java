package io.carillon.core.account;

/** Who changes what belongs to applications. Immutable. */
public record AppParts(Apps apps, Keys keys, AppWebhooks webhooks) {}
