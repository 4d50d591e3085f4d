package io.carillon.core.account;

import java.util.UUID;

/** The identity of one sign-in: random, so that one says nothing about another. */
public record SessionId(UUID value) {
  public static SessionId random() {
    return new SessionId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
