package io.carillon.api.tokens;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.get;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.list;
import static io.carillon.api.Answers.number;
import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenLimits;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Operation;
import io.micronaut.json.tree.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
  private final ApiServer server = new ApiServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private JsonNode issue(String body) {
    return json(server.rest("POST", ACME, "/tokens", quoted(body)), 201);
  }

  private ClientToken read(String token) {
    TokenReader reader = server.node.revocations().guard(server.bean(TokenReader.class));
    if (reader.read(token) instanceof TokenVerdict.Valid(var app, var valid)) {
      assertThat(app.id()).isEqualTo(new AppId(ACME.app()));
      return valid;
    }
    throw new AssertionError("not valid: " + reader.read(token));
  }

  @Test
  void aTokenSaysWhatWasAskedFor() {
    JsonNode issued =
        issue("{'clientId':'anna','capabilities':{'chat:*':['subscribe','publish']},'ttl':60}");

    ClientToken token = read(text(issued, "token"));
    assertThat(token.clientId()).isEqualTo("anna");
    assertThat(token.id()).isEqualTo(text(issued, "id"));
    assertThat(token.key().value()).isEqualTo(ACME.key());
    assertThat(token.expiresAt() - token.issuedAt()).isEqualTo(60);
    assertThat(number(issued, "expiresAt")).isEqualTo(token.expiresAt() * 1_000);
    assertThat(token.allows(Operation.PUBLISH, ChannelName.of("chat:1"))).isTrue();
    assertThat(token.allows(Operation.HISTORY, ChannelName.of("chat:1"))).isFalse();
    assertThat(list(get(issued, "capabilities"), "chat:*")).hasSize(2);
  }

  @Test
  void aTokenSaysHowMuchItsHolderMayDo() {
    ClientToken token = read(text(issue("{'limits':{'channels':2,'publishes':5}}"), "token"));

    assertThat(token.limits()).isEqualTo(new TokenLimits(2, 5));
  }

  @Test
  void nothingButTheLifeHasADefault() {
    ClientToken token = read(text(issue("{}"), "token"));

    assertThat(token.clientId()).isNull();
    assertThat(token.expiresAt() - token.issuedAt()).isEqualTo(3_600);
    assertThat(token.allows(Operation.SUBSCRIBE, ChannelName.of("a"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'ttl':0} | ttl: 0",
        "{'ttl':86401} | ttl: 86401",
        "{'ttl':'1'} | ttl",
        "{'ttl':1.5} | ttl",
        "{'limits':{'channels':0}} | channels: 0",
        "{'limits':{'publishes':1.5}} | publishes",
        "{'limits':{'colour':1}} | colour",
        "{'limits':5} | limits",
        "{'clientId':''} | clientId",
        "{'clientId':5} | clientId",
        "{'capabilities':[]} | capabilities",
        "{'capabilities':{'a':'subscribe'}} | capabilities of \"a\"",
        "{'capabilities':{'a':['fly']}} | fly",
        "{'capabilities':{'a b':['publish']}} | a b",
        "{'scope':'x'} | scope",
      })
  void whatIsWrongIsNamed(String body, String part) {
    assertProblem(server.rest("POST", ACME, "/tokens", quoted(body)), ErrorCode.BAD_REQUEST, part);
  }

  @Test
  void anIdAClientAndAKeyAreRevokedAndKept() {
    String anna = text(issue("{'clientId':'rev-anna'}"), "token");
    String bert = text(issue("{'clientId':'rev-bert'}"), "token");
    String id = text(issue("{'clientId':'rev-cleo'}"), "id");

    JsonNode revoked =
        json(server.rest("POST", ACME, "/tokens/revoke", quoted("{'clientId':'rev-anna'}")), 200);

    assertThat(text(revoked, "by")).isEqualTo("clientId");
    assertThat(text(revoked, "value")).isEqualTo("rev-anna");
    assertThat(isRevoked(anna)).isTrue();
    assertThat(isRevoked(bert)).isFalse();
    json(server.rest("POST", ACME, "/tokens/revoke", quoted("{'id':'" + id + "'}")), 200);
    json(
        server.rest(
            "POST",
            ACME,
            "/tokens/revoke",
            quoted("{'key':'" + ACME.key() + "','issuedBefore':1000}")),
        200);
    assertThat(server.directory.revocations)
        .extracting(it -> it.order())
        .contains(
            new RevokeTokens(new AppId(ACME.app()), By.KEY, ACME.key(), 1),
            new RevokeTokens(
                new AppId(ACME.app()), By.CLIENT, "rev-anna", ApiServer.NOW_SECONDS + 1))
        .anyMatch(it -> it.by() == By.TOKEN && it.value().equals(id));
    assertThat(isRevoked(bert)).isFalse();
  }

  private boolean isRevoked(String token) {
    return server.node.revocations().guard(server.bean(TokenReader.class)).read(token)
            instanceof TokenVerdict.Refused(var problem, var key)
        && problem.code() == ErrorCode.TOKEN_REVOKED;
  }

  @Test
  void anotherApplicationsTokensAreNotTouched() {
    String token = text(issue("{'clientId':'kept'}"), "token");

    json(server.rest("POST", OTHER, "/tokens/revoke", quoted("{'clientId':'kept'}")), 200);

    assertThat(isRevoked(token)).isFalse();
    assertProblem(
        server.rest("POST", OTHER, "/tokens/revoke", quoted("{'key':'" + ACME.key() + "'}")),
        ErrorCode.BAD_REQUEST,
        ACME.key());
  }

  @Test
  void aRevocationNamesOneThing() {
    for (String body :
        List.of(
            "{}",
            "{'id':'a','clientId':'b'}",
            "{'id':'a','issuedBefore':5}",
            "{'clientId':'a','issuedBefore':-1}",
            "{'key':'no key'}")) {
      assertProblem(
          server.rest("POST", ACME, "/tokens/revoke", quoted(body)), ErrorCode.BAD_REQUEST);
    }
  }
}
