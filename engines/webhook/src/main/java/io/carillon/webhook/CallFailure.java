package io.carillon.webhook;

import java.io.IOException;

/** Why a call cannot be made, in words for the tenant. */
final class CallFailure extends IOException {
  private static final long serialVersionUID = 1L;

  CallFailure(String message) {
    super(message);
  }
}
