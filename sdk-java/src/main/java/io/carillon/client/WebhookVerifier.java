package io.carillon.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether a webhook comes from Carillon. Immutable, so any thread may use it.
 *
 * <p>The header {@code X-Pusher-Key} names the key whose secret signed; while you exchange keys,
 * keep a verifier for each.
 *
 * @see <a href="https://pusher.com/docs/channels/server_api/webhooks/">the protocol's page on
 *     webhooks</a>
 */
public final class WebhookVerifier {
  private final HmacSha256 hmac;

  private WebhookVerifier(HmacSha256 hmac) {
    this.hmac = hmac;
  }

  /**
   * A verifier with a key's secret.
   *
   * @throws IllegalArgumentException when it is empty
   */
  public static WebhookVerifier of(String secret) {
    return new WebhookVerifier(new HmacSha256(secret));
  }

  /**
   * Whether the signature is that of the body; takes the same time wherever a wrong one differs.
   * Answer what fails with status 401, and do not read it.
   *
   * @param body the bytes that arrived, before anything parsed them
   * @param signature the value of the header {@code X-Pusher-Signature}, or null when there is none
   */
  @SuppressWarnings("exports") // an annotation that users may lack
  public boolean verify(byte[] body, @Nullable String signature) {
    requireNonNull(body, "body");
    return signature != null && hmac.matches(body, signature);
  }

  @Override
  public String toString() {
    return "WebhookVerifier";
  }
}
