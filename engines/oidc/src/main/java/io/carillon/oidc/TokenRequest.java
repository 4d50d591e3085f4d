package io.carillon.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.account.IdentityProvider.Flow;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gives a code for an ID token (RFC 6749, section 4.1.3). Immutable, thread-safe. */
record TokenRequest(OidcClient client, ProviderHttp http) {

  /** Empty when the provider does not take the code. */
  Optional<String> redeem(ProviderEndpoints.Published published, Flow flow, String code)
      throws ProviderException {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", flow.redirect().toString());
    form.put("code_verifier", flow.verifier());
    HttpRequest.Builder request = ProviderHttp.request(published.token());
    if (published.secretInBody()) {
      form.put("client_id", client.id());
      form.put("client_secret", secret());
    } else {
      request.header("authorization", basic());
    }
    ProviderHttp.Answer answer =
        http.ask(
            request
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(ProviderHttp.form(form)))
                .build());
    if (answer.status() >= 500) {
      throw new ProviderException(published.token() + " answers " + answer.status());
    }
    return answer.isGood() && answer.json().get("id_token") instanceof String token
        ? Optional.of(token)
        : Optional.empty();
  }

  private String secret() {
    return new String(client.secret().reveal(), UTF_8);
  }

  /** Both are form-coded first (RFC 6749, section 2.3.1). */
  private String basic() {
    String pair = ProviderHttp.coded(client.id()) + ":" + ProviderHttp.coded(secret());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
