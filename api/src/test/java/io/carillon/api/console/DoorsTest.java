package io.carillon.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.ConsoleSession;
import io.carillon.core.account.SessionId;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.simple.SimpleHttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.generator.TokenGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the console's door, each alone. */
class DoorsTest {
  private static final String PUBLIC = "https://console.example";

  private static MutableHttpRequest<String> post() {
    return new SimpleHttpRequest<>(HttpMethod.POST, "http://localhost:8080/v1/console/x", "")
        .header("Host", "localhost:8080");
  }

  @ParameterizedTest
  @CsvSource({
    "https://console.example, true",
    "http://localhost:8080, true",
    "https://LOCALHOST:8080, true",
    "http://localhost, false",
    "https://console.example.evil.example, false",
    "https://evil.example, false",
    "null, false",
    "'http://localhost:8080@evil.example', false",
    "'::', false"
  })
  void onlyOurOriginsPass(String origin, boolean ours) {
    assertThat(new SameOrigin(PUBLIC).refusal(post().header("Origin", origin)) == null)
        .isEqualTo(ours);
  }

  @Test
  void whatABrowserSaysItselfCountsFirst() {
    SameOrigin check = new SameOrigin(null);

    assertThat(
            check.refusal(
                post()
                    .header("Origin", "http://localhost:8080")
                    .header("Sec-Fetch-Site", "cross-site")))
        .isNotNull();
    assertThat(
            check.refusal(
                post()
                    .header("Origin", "http://localhost:5173")
                    .header("Sec-Fetch-Site", "same-origin")))
        .isNull();
    assertThat(check.refusal(post())).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7|203.0.113.7",
        "203.0.113.7, 10.0.0.2|203.0.113.7",
        "6.6.6.6, 203.0.113.7, 10.0.0.2|203.0.113.7",
        "6.6.6.6, not an address, 10.0.0.2|10.0.0.2",
        "2001:db8::1|2001:db8:0:0:0:0:0:1"
      })
  void theLastHopThatNobodyTrustsIsTheClient(String forwarded, String client) {
    ClientAddress addresses = new ClientAddress(List.of("127.0.0.0/8", "::1/128", "10.0.0.0/8"));

    assertThat(addresses.of(post().header("X-Forwarded-For", forwarded)).address())
        .isEqualTo(client);
  }

  @Test
  void aPeerThatIsNoProxyIsTheClient() {
    String peer =
        new ClientAddress(List.of(""))
            .of(post().header("X-Forwarded-For", "203.0.113.7"))
            .address();

    assertThat(peer).isNotEqualTo("203.0.113.7");
  }

  @Test
  void theCookieIsSecureWhereTheAddressIs() {
    ConsoleSession session =
        new ConsoleSession(SessionId.random(), AccountId.random(), Instant.now());

    Cookie secure = new SessionCookie(new Tokens(), PUBLIC).of(session);
    Cookie plain = new SessionCookie(new Tokens(), null).of(session);

    assertThat(secure.isSecure()).isTrue();
    assertThat(plain.isSecure()).isFalse();
    assertThat(List.of(secure, plain)).allMatch(Cookie::isHttpOnly);
    assertThat(secure.getValue()).contains(session.id().toString());
  }

  /** Writes the claims down as they are. */
  private static final class Tokens implements TokenGenerator {
    @Override
    public Optional<String> generateToken(
        Authentication authentication, @Nullable Integer expiration) {
      return Optional.empty();
    }

    @Override
    public Optional<String> generateToken(Map<String, Object> claims) {
      return Optional.of(claims.toString());
    }
  }
}
