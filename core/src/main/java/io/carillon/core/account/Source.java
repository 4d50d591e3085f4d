package io.carillon.core.account;

/**
 * Where a request came from. Immutable.
 *
 * @param address of the client, as far as proxies that are trusted tell it
 */
public record Source(String address) {}
