package io.carillon.standalone.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import io.carillon.standalone.ConsoleServer.Browser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody makes the cookie of a session that is open, whose number they somehow know. */
@ExtendWith(AttackedServer.class)
class ForgedSessionsTest {
  private static final String COOKIE = "carillon_session=";

  private final ConsoleServer server;

  ForgedSessionsTest(ConsoleServer server) {
    this.server = server;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String hmac(String header, String payload, byte[] key, String algorithm)
      throws GeneralSecurityException {
    String text = base64(header) + "." + payload;
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return text + "." + base64(mac.doFinal(text.getBytes(UTF_8)));
  }

  /** Signed rightly, with a key that the token itself brings along. */
  private static String ownKey(String payload) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    String header =
        "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"%s\"}}"
            .formatted(base64(key.getModulus().toByteArray()));
    String text = base64(header) + "." + payload;
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(text.getBytes(UTF_8));
    return text + "." + base64(signature.sign());
  }

  private static List<String> forged(String valid) throws GeneralSecurityException {
    String[] parts = valid.split("\\.", -1);
    String payload = parts[1];
    String other =
        base64(
            new String(Base64.getUrlDecoder().decode(payload), UTF_8)
                .replaceFirst("\"exp\":\\d+", "\"exp\":4102444800"));
    List<String> all = new ArrayList<>();
    for (String alg : List.of("none", "None", "NONE", "nOnE")) {
      String text = base64("{\"alg\":\"" + alg + "\"}") + "." + payload;
      all.addAll(List.of(text, text + ".", text + "." + parts[2]));
    }
    for (String guess : List.of("\0", "secret", "changeit", "carillon console sessions 1")) {
      byte[] key = guess.getBytes(UTF_8);
      all.add(hmac("{\"alg\":\"HS256\"}", payload, key, "HmacSHA256"));
      all.add(hmac("{\"alg\":\"HS256\",\"kid\":\"/dev/null\"}", payload, key, "HmacSHA256"));
      all.add(hmac("{\"alg\":\"HS512\"}", payload, key, "HmacSHA512"));
    }
    byte[] app = AttackedServer.SECRET.getBytes(UTF_8);
    all.add(
        hmac(
            "{\"alg\":\"HS256\",\"kid\":\"" + AttackedServer.KEY + "\"}",
            payload,
            app,
            "HmacSHA256"));
    all.add(ownKey(payload));
    for (String alg : List.of("RS256", "ES256", "HS384")) {
      all.add(base64("{\"alg\":\"" + alg + "\"}") + "." + payload + "." + parts[2]);
    }
    all.add(base64("{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:1/\"}") + "." + payload + ".AA");
    all.add(
        base64("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}") + "." + payload + "." + parts[2]);
    all.add(parts[0] + "." + other + "." + parts[2]);
    all.add(parts[0] + "." + payload + ".");
    all.add(valid.substring(0, valid.length() - 2));
    all.add(valid + "." + valid);
    all.add("[".repeat(3_000));
    all.add(base64("{\"alg\":\"HS256\",\"x\":" + "[".repeat(2_000)) + "." + payload + ".AA");
    return all;
  }

  @Test
  void noForgeryOpensASessionThatIsThere() throws Exception {
    Browser victim = server.signedUp("forged@victim.example");
    String cookie = Objects.requireNonNull(victim.cookie);
    Browser attacker = server.browser();

    for (String token : forged(cookie.substring(COOKIE.length()))) {
      attacker.cookie = COOKIE + token;
      HttpResponse<String> answer = attacker.get("/session");
      assertThat(answer.statusCode()).as("%s: %s", token, answer.body()).isEqualTo(401);
    }
    assertThat(victim.get("/session").statusCode()).isEqualTo(200);
  }

  @Test
  void aCookieCountsNoMoreOnceItsOwnerSignedOut() throws Exception {
    Browser victim = server.signedUp("gone@victim.example");
    String cookie = victim.cookie;
    assertThat(victim.send("DELETE", "/session", "").statusCode()).isEqualTo(200);

    Browser thief = server.browser();
    thief.cookie = cookie;
    assertThat(thief.get("/session").statusCode()).isEqualTo(401);
  }

  /** A session that the attacker planted is not the one that its victim comes in with. */
  @Test
  void signingInDoesNotTakeUpASessionThatWasPlanted() throws Exception {
    Browser attacker = server.signedUp("fixation@attacker.example");
    server.signedUp("fixation@victim.example");
    Browser victim = server.browser();
    victim.cookie = attacker.cookie;

    HttpResponse<String> in =
        victim.send(
            "POST",
            "/session",
            "{'email':'fixation@victim.example','password':'%s'}"
                .formatted(ConsoleServer.PASSWORD));

    assertThat(in.statusCode()).as(in.body()).isEqualTo(201);
    assertThat(victim.cookie).isNotEqualTo(attacker.cookie);
    assertThat(attacker.get("/session").body()).contains("fixation@attacker.example");
    assertThat(in.headers().firstValue("set-cookie").orElseThrow())
        .contains("Path=/v1/console")
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Lax", "Secure");
  }

  /** What counts at one door is worth nothing at the others. */
  @Test
  void credentialsOfOtherDoorsOpenNoSession() throws Exception {
    Browser victim = server.signedUp("doors@victim.example");
    String cookie = Objects.requireNonNull(victim.cookie).substring(COOKIE.length());
    long now = Instant.now().getEpochSecond();
    String client =
        hmac(
            "{\"alg\":\"HS256\",\"kid\":\"" + AttackedServer.KEY + "\"}",
            base64("{\"sub\":\"x\",\"iat\":" + now + ",\"exp\":" + (now + 600) + "}"),
            AttackedServer.SECRET.getBytes(UTF_8),
            "HmacSHA256");

    for (String[] header :
        new String[][] {
          {"cookie", COOKIE + client},
          {"authorization", "Bearer " + client},
          {"authorization", "Bearer " + cookie},
          {"authorization", basic()}
        }) {
      assertThat(status("/v1/console/session", header)).as(header[0]).isEqualTo(401);
    }
    assertThat(status("/v1/channels", "authorization", "Bearer " + cookie)).isEqualTo(401);
    assertThat(status("/v1/operator/plans", "authorization", "Bearer " + cookie)).isEqualTo(401);
    assertThat(status("/v1/operator/plans", "authorization", basic())).isEqualTo(401);
  }

  private static String basic() {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((AttackedServer.KEY + ":" + AttackedServer.SECRET).getBytes(UTF_8));
  }

  private int status(String path, String... headers) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url + path)).headers(headers).build();
    return server.client.send(request, BodyHandlers.ofString()).statusCode();
  }
}
