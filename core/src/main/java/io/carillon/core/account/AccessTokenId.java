package io.carillon.core.account;

import java.util.UUID;

/** The identity of one access token; says nothing about the token itself. */
public record AccessTokenId(UUID value) {
  public static AccessTokenId random() {
    return new AccessTokenId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
