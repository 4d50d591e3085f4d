package io.carillon.jwt;

import static io.carillon.jwt.HandMade.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenIssuer;
import io.carillon.core.auth.TokenIssuer.IssueOutcome.Issued;
import io.carillon.core.auth.TokenIssuer.IssueOutcome.Refused;
import io.carillon.core.auth.TokenIssuer.TokenRequest;
import io.carillon.core.auth.TokenLimits;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.auth.TokenVerdict.Valid;
import io.carillon.core.engine.Directory;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Operation;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwtTokenIssuerTest {
  private static final Capabilities CHAT =
      Capabilities.of(
          Map.of(new ChannelPattern("chat:*"), Set.of(Operation.SUBSCRIBE, Operation.PUBLISH)));

  private final FixedTicker ticker = new FixedTicker(NOW);
  private final TokenIssuer issuer = new JwtTokenIssuer(ticker, new Random(1)::nextLong);
  private final TokenReader reader = new JwtTokenReader(Apps.two(), ticker);

  @Test
  void whatWasIssuedIsRead() {
    for (ApiKey key : new ApiKey[] {Apps.KEY, Apps.SHORT_KEY, Apps.OTHER_KEY}) {
      Issued issued = issued(key, request("anna", CHAT, TokenIssuer.DEFAULT_LIFE));

      TokenVerdict verdict = reader.read(issued.text());

      assertThat(verdict).isInstanceOf(Valid.class);
      assertThat(((Valid) verdict).token()).isEqualTo(issued.token());
      assertThat(issued.token().id()).hasSize(32);
      assertThat(issued.token().key()).isEqualTo(key.id());
      assertThat(issued.token().issuedAt()).isEqualTo(NOW);
      assertThat(issued.token().expiresAt()).isEqualTo(NOW + 3_600);
    }
  }

  @Test
  void anyoneElseCanCheckTheSignature() {
    String text = issued(Apps.SHORT_KEY, request("anna", CHAT, TokenIssuer.DEFAULT_LIFE)).text();
    String signedText = text.substring(0, text.lastIndexOf('.'));

    assertThat(HandMade.signed(signedText, Apps.SHORT_KEY, "HmacSHA256")).isEqualTo(text);
  }

  @Test
  void aTokenForAnyoneNamesNobody() {
    Issued issued = issued(Apps.KEY, request(null, Capabilities.NONE, Duration.ofSeconds(1)));

    TokenVerdict verdict = reader.read(issued.text());

    assertThat(verdict).isInstanceOf(Valid.class);
    assertThat(((Valid) verdict).token().clientId()).isNull();
    assertThat(((Valid) verdict).token().capabilities()).isEqualTo(Capabilities.NONE);
  }

  @Test
  void everyTokenHasItsOwnId() {
    TokenRequest request = request("anna", CHAT, TokenIssuer.DEFAULT_LIFE);

    assertThat(issued(Apps.KEY, request).token().id())
        .isNotEqualTo(issued(Apps.KEY, request).token().id());
  }

  @Test
  void aLifeHasItsBounds() {
    assertThat(issued(Apps.KEY, request("anna", CHAT, ClientToken.MAX_LIFE)).text()).isNotEmpty();
    for (Duration life :
        new Duration[] {
          Duration.ZERO,
          Duration.ofMillis(999),
          Duration.ofSeconds(-1),
          ClientToken.MAX_LIFE.plusNanos(1),
          Duration.ofSeconds(Long.MAX_VALUE)
        }) {
      assertThat(refused(request("anna", CHAT, life)).detail()).contains("life: ", "1 to 86400");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000"})
  void aClientIdHasItsForm(String clientId) {
    assertThat(refused(request(clientId, CHAT, TokenIssuer.DEFAULT_LIFE)).detail())
        .contains("client id");
    String longest = "a".repeat(ClientToken.MAX_ID_LENGTH);
    assertThat(issued(Apps.KEY, request(longest, CHAT, TokenIssuer.DEFAULT_LIFE)).text())
        .isNotEmpty();
    assertThat(refused(request(longest + "a", CHAT, TokenIssuer.DEFAULT_LIFE)).code())
        .isEqualTo(ErrorCode.BAD_REQUEST);
  }

  @Test
  void limitsAreReadAsTheyWereIssued() {
    TokenLimits limits = new TokenLimits(5, null);
    TokenRequest request = new TokenRequest("anna", CHAT, TokenIssuer.DEFAULT_LIFE, limits);

    Issued issued = issued(Apps.KEY, request);

    assertThat(issued.token().limits()).isEqualTo(limits);
    assertThat(reader.read(issued.text()))
        .isInstanceOfSatisfying(
            Valid.class, valid -> assertThat(valid.token().limits()).isEqualTo(limits));
  }

  @Test
  void aTokenThatNobodyWouldTakeIsNotIssued() {
    Map<ChannelPattern, Set<Operation>> rules = new LinkedHashMap<>();
    for (int i = 0; i < Capabilities.MAX_PATTERNS; i++) {
      rules.put(new ChannelPattern("a".repeat(100) + i), Set.of(Operation.HISTORY));
    }

    Problem problem = refused(request("anna", Capabilities.of(rules), TokenIssuer.DEFAULT_LIFE));

    assertThat(problem.detail()).contains("at most 8192");
  }

  @Test
  void theTokenIsNotPrinted() {
    Issued issued = issued(Apps.KEY, request("anna", CHAT, TokenIssuer.DEFAULT_LIFE));

    assertThat(issued.toString()).contains("anna").doesNotContain(issued.text());
  }

  @Test
  void aProcessWithADirectoryHasBoth() {
    Directory directory = Apps.two();
    try (ApplicationContext context = ApplicationContext.builder().singletons(directory).start()) {
      TokenRequest request = request("anna", CHAT, TokenIssuer.DEFAULT_LIFE);
      TokenIssuer.IssueOutcome outcome =
          context.getBean(TokenIssuer.class).issue(Apps.KEY, request);

      assertThat(outcome).isInstanceOf(Issued.class);
      assertThat(context.getBean(TokenReader.class).read(((Issued) outcome).text()))
          .isInstanceOf(Valid.class);
    }
    try (ApplicationContext context = ApplicationContext.run()) {
      assertThat(context.containsBean(TokenReader.class)).isFalse();
    }
  }

  private static TokenRequest request(
      @Nullable String clientId, Capabilities capabilities, Duration life) {
    return new TokenRequest(clientId, capabilities, life);
  }

  private Issued issued(ApiKey key, TokenRequest request) {
    TokenIssuer.IssueOutcome outcome = issuer.issue(key, request);
    assertThat(outcome).isInstanceOf(Issued.class);
    return (Issued) outcome;
  }

  private Problem refused(TokenRequest request) {
    TokenIssuer.IssueOutcome outcome = issuer.issue(Apps.KEY, request);
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused) outcome).problem();
  }
}
