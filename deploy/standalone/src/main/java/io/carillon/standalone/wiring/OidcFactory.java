package io.carillon.standalone.wiring;

import io.carillon.core.account.IdentityProvider;
import io.carillon.core.config.CarillonConfig;
import io.carillon.oidc.OidcClient;
import io.carillon.oidc.OidcProvider;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Wires the provider of identities, where one is set. Stateless. */
@Factory
@Requires(property = "carillon.oidc", value = "true")
final class OidcFactory {

  @Singleton
  IdentityProvider provider(CarillonConfig config) {
    CarillonConfig.Oidc oidc = config.oidc();
    if (oidc == null) {
      throw new IllegalStateException("carillon.oidc (expected: with its settings only)");
    }
    return new OidcProvider(
        new OidcClient(oidc.issuer(), oidc.clientId(), oidc.clientSecret(), oidc.label()));
  }
}
