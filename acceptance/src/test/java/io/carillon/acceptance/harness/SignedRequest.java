package io.carillon.acceptance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One request to the Pusher HTTP API, which a test may break in any part. Confined to the test. */
public final class SignedRequest {
  private final URI server;
  private final String method;
  private final String path;
  private final String secret;
  private final Map<String, String> signed = new TreeMap<>();
  private final Map<String, String> changed = new TreeMap<>();
  private final List<String> dropped = new ArrayList<>();
  private final Map<String, String> headers = new TreeMap<>();
  private String body = "";
  private @Nullable String sentBody;
  private boolean backwards;
  private UnaryOperator<String> coding = value -> URLEncoder.encode(value, UTF_8);

  SignedRequest(URI server, String method, String path, String key, String secret) {
    this.server = server;
    this.method = method;
    this.path = path;
    this.secret = secret;
    signed.put("auth_key", key);
    signed.put("auth_version", "1.0");
    atSecond(Instant.now().getEpochSecond());
  }

  public SignedRequest body(String text) {
    body = text;
    signed.put("body_md5", Signing.md5(text));
    return this;
  }

  /** A parameter that is signed and sent; an earlier one of this name is replaced. */
  public SignedRequest query(String name, String value) {
    signed.put(name, value);
    return this;
  }

  /** A header, which nobody signs. */
  public SignedRequest header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public SignedRequest atSecond(long epochSecond) {
    return query("auth_timestamp", Long.toString(epochSecond));
  }

  /** A parameter that is sent otherwise than it was signed. */
  public SignedRequest changeAfterSigning(String name, String value) {
    changed.put(name, value);
    return this;
  }

  /** A parameter that is signed and then left out. */
  public SignedRequest dropAfterSigning(String name) {
    dropped.add(name);
    return this;
  }

  public SignedRequest bodyAfterSigning(String text) {
    sentBody = text;
    return this;
  }

  /** Sends the parameters from Z to A; they are signed from A to Z all the same. */
  public SignedRequest inReverseOrder() {
    backwards = true;
    return this;
  }

  /** How values stand on the wire; percent-encoded by default. */
  public SignedRequest coding(UnaryOperator<String> wire) {
    coding = wire;
    return this;
  }

  public SignedRest.Answer send() {
    HttpRequest.BodyPublisher content =
        method.equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(sentBody == null ? body : sentBody);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path + "?" + wireQuery()))
            .timeout(Deadline.DEFAULT)
            .header("Content-Type", "application/json")
            .method(method, content);
    headers.forEach(request::header);
    return SignedRest.send(request.build());
  }

  private String wireQuery() {
    Map<String, String> sent = new TreeMap<>(signed);
    sent.put("auth_signature", Signing.hmac(secret, Signing.requestText(method, path, signed)));
    sent.putAll(changed);
    sent.keySet().removeAll(dropped);
    List<String> parameters = new ArrayList<>();
    sent.forEach((name, value) -> parameters.add(name + "=" + coding.apply(value)));
    if (backwards) {
      Collections.reverse(parameters);
    }
    return String.join("&", parameters);
  }
}
