package io.carillon.core.account;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Says who somebody is, for whoever has an account elsewhere. Calls block. Thread-safe. */
public interface IdentityProvider {
  /** What people call it. */
  String label();

  /** Where the browser is led. */
  Outcome<URI> begin(Flow flow);

  /** Who came back with this code. */
  Outcome<Identity> finish(Flow flow, String code);

  /**
   * One way there and back; only the browser that began it can end it.
   *
   * @param state comes back with the code
   * @param nonce stands in what the provider signs
   * @param verifier is told to the provider only when the code is redeemed
   * @param redirect where the browser comes back to
   */
  record Flow(String state, String nonce, String verifier, URI redirect) {
    /** Leaves out what is secret. */
    @Override
    public String toString() {
      return "Flow[redirect=" + redirect + "]";
    }
  }

  /**
   * Who somebody is.
   *
   * @param subject never given to another one by this issuer
   * @param email null unless the provider says that it reaches them
   */
  record Identity(String issuer, String subject, @Nullable EmailAddress email) {}
}
