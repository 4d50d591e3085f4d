package io.carillon.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.core.model.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A provider of OpenID Connect on this machine, with keys of its own: discovery, keys, and codes
 * that it takes once, from who shows the verifier. Confined to one test, but for what it answers.
 */
final class TestProvider implements AutoCloseable {
  static final String CLIENT = "carillon:test";
  static final String SECRET = "a secret & more";

  final RSAKey key;
  private final HttpServer server;
  private final Map<String, Map<String, String>> authorized = new ConcurrentHashMap<>();
  volatile Signer signer;
  volatile String discoveredIssuer;

  /** Writes an ID token. */
  interface Signer {
    String sign(JWTClaimsSet.Builder claims) throws JOSEException;
  }

  TestProvider() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("1").generate();
    signer = claims -> signed(claims.build(), key);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    discoveredIssuer = issuer().toString();
    server.createContext(
        "/.well-known/openid-configuration", exchange -> answer(exchange, 200, discovery()));
    server.createContext(
        "/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
    server.createContext("/token", this::token);
    server.start();
  }

  URI issuer() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  OidcClient client() {
    return new OidcClient(issuer(), CLIENT, Secret.of(SECRET), "Test");
  }

  private String discovery() {
    return """
    {"issuer":"%s","authorization_endpoint":"%s/authorize?tenant=1",
     "token_endpoint":"%2$s/token","jwks_uri":"%2$s/keys"}"""
        .formatted(discoveredIssuer, issuer());
  }

  static String signed(JWTClaimsSet claims, RSAKey by) throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(), claims);
    token.sign(new RSASSASigner(by));
    return token.serialize();
  }

  /** What somebody who signs in there brings back: the code for this address. */
  String authorize(URI asked) {
    Map<String, String> query = parameters(asked.getRawQuery());
    String code = "code-" + authorized.size();
    authorized.put(code, query);
    return code;
  }

  static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return parameters;
  }

  private void token(HttpExchange exchange) throws IOException {
    String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Map<String, String> form = parameters(sent);
    Map<String, String> query = authorized.getOrDefault(form.getOrDefault("code", ""), Map.of());
    authorized.remove(form.getOrDefault("code", ""));
    String basic = "carillon%3Atest:a+secret+%26+more";
    boolean known =
        ("Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8)))
            .equals(exchange.getRequestHeaders().getFirst("authorization"));
    try {
      if (!known
          || !"authorization_code".equals(form.get("grant_type"))
          || !query.getOrDefault("redirect_uri", "-").equals(form.get("redirect_uri"))
          || !query
              .getOrDefault("code_challenge", "-")
              .equals(challenge(form.getOrDefault("code_verifier", "")))) {
        answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
        return;
      }
      answer(
          exchange,
          200,
          "{\"id_token\":\"" + signer.sign(claims(query.getOrDefault("nonce", ""))) + "\"}");
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private JWTClaimsSet.Builder claims(String nonce) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer().toString())
        .audience(CLIENT)
        .subject("anna-at-the-provider")
        .claim("nonce", nonce)
        .claim("email", "Anna@Example.com")
        .claim("email_verified", true)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
