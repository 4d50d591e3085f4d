package io.carillon.core.account;

import io.carillon.core.account.AuditLog.Author;
import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.account.AuditLog.Entry;
import java.time.InstantSource;

/** Writes down what members do, in the transaction in which they do it. Thread-safe. */
record Journal(AuditLog log, InstantSource clock) {
  void write(Acting by, String action, String target, Change change) {
    AccessToken token = by.token();
    Author author =
        new Author(
            by.account().id(),
            by.account().email(),
            by.from().address(),
            token == null ? null : token.label());
    log.append(new Entry(by.tenant(), clock.instant(), author, action, target, change));
  }
}
