package io.carillon.client;

/**
 * An attempt to get a token failed; the client tries again. Immutable.
 *
 * @param attempt counts the failures in a row, from 1
 * @param error what happened, with its cause
 */
public record TokenFailure(int attempt, CarillonException error) {}
