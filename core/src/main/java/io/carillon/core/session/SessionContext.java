package io.carillon.core.session;

import io.carillon.core.auth.Revocations;
import io.carillon.core.engine.Ports;
import io.carillon.core.history.History;
import io.carillon.core.publish.Publisher;
import io.carillon.core.runtime.Ticker;

/** What every session of a node works with. */
public record SessionContext(
    Ports ports, UseCases useCases, SignedInUsers users, Admission admission, Ticker ticker) {
  /** What sessions do beside subscribing. */
  public record UseCases(Publisher publisher, History history, Revocations revocations) {}

  Publisher publisher() {
    return useCases.publisher();
  }

  Revocations revocations() {
    return useCases.revocations();
  }

  History history() {
    return useCases.history();
  }
}
