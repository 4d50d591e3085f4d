package io.carillon.core.account;

import java.util.UUID;

/**
 * The identity of a person who signs in to the console: random, so that one says nothing about
 * another.
 */
public record AccountId(UUID value) {
  public static AccountId random() {
    return new AccountId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
