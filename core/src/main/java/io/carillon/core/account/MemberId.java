package io.carillon.core.account;

import java.util.UUID;

/**
 * The identity of an account's place in a tenant: random, so that one says nothing about another.
 */
public record MemberId(UUID value) {
  public static MemberId random() {
    return new MemberId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
