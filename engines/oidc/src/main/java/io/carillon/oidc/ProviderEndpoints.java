package io.carillon.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider publishes about itself (OpenID Connect Discovery 1.0), read again after an hour.
 * Guarded by itself.
 */
final class ProviderEndpoints {
  private static final String PATH = "/.well-known/openid-configuration";
  private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();

  private final OidcClient client;
  private final ProviderHttp http;
  private @Nullable Published published;
  private long readAt;

  ProviderEndpoints(OidcClient client, ProviderHttp http) {
    this.client = client;
    this.http = http;
  }

  /**
   * A provider's own words.
   *
   * @param secretInBody whether it takes the client's secret in the form alone
   */
  record Published(URI authorization, URI token, IdTokens tokens, boolean secretInBody) {}

  synchronized Published get() throws ProviderException {
    Published known = published;
    if (known == null || System.nanoTime() - readAt > KEPT_NANOS) {
      known = read();
      published = known;
      readAt = System.nanoTime();
    }
    return known;
  }

  private Published read() throws ProviderException {
    String issuer = client.issuer().toString();
    URI at = URI.create(issuer.replaceAll("/$", "") + PATH);
    ProviderHttp.Answer answer = http.ask(ProviderHttp.request(at).build());
    try {
      Map<String, Object> json = answer.json();
      if (!answer.isGood() || !issuer.equals(JSONObjectUtils.getString(json, "issuer"))) {
        throw new ProviderException(at + " is not about the issuer (expected: " + issuer + ")");
      }
      List<String> ways =
          JSONObjectUtils.getStringList(json, "token_endpoint_auth_methods_supported");
      return new Published(
          endpoint(json, "authorization_endpoint"),
          endpoint(json, "token_endpoint"),
          new IdTokens(client, endpoint(json, "jwks_uri")),
          ways != null && !ways.contains("client_secret_basic"));
    } catch (ParseException e) {
      throw new ProviderException(at + " has a member of another kind", e);
    }
  }

  /** Where the issuer is reached by TLS, so is all else. */
  private URI endpoint(Map<String, Object> json, String name)
      throws ParseException, ProviderException {
    URI uri = JSONObjectUtils.getURI(json, name);
    boolean secure = uri != null && "https".equals(uri.getScheme());
    if (uri == null || (!secure && "https".equals(client.issuer().getScheme()))) {
      throw new ProviderException(name + ": " + uri + " (expected: an address with https)");
    }
    return uri;
  }
}
