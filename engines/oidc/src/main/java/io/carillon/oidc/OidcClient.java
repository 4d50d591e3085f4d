package io.carillon.oidc;

import io.carillon.core.model.Secret;
import java.net.URI;

/**
 * What a provider of OpenID Connect knows Carillon by. Immutable.
 *
 * @param issuer as the provider's discovery says it
 * @param label what people call the provider
 */
public record OidcClient(URI issuer, String id, Secret secret, String label) {}
