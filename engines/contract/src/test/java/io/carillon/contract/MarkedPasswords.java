package io.carillon.contract;

import io.carillon.core.account.PasswordHashing;
import io.carillon.core.model.Secret;
import java.nio.charset.StandardCharsets;

/** Puts a mark on a password, and counts. Confined to one test. */
final class MarkedPasswords implements PasswordHashing {
  int compared;

  @Override
  public Secret hash(Secret password) {
    return Secret.of("hashed " + new String(password.reveal(), StandardCharsets.UTF_8));
  }

  @Override
  public boolean matches(Secret password, Secret hash) {
    compared++;
    return hash(password).equals(hash);
  }

  @Override
  public Secret nobodys() {
    return Secret.of("nobody's");
  }
}
