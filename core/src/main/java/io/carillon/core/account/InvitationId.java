package io.carillon.core.account;

import java.util.UUID;

/** The identity of an invitation: random, so that one says nothing about another. */
public record InvitationId(UUID value) {
  public static InvitationId random() {
    return new InvitationId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
