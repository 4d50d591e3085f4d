package io.carillon.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.Explanation;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Origins;
import io.carillon.core.model.Standing;
import io.carillon.core.testing.TestNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthorizerTest {
  private static final ChannelPattern NEWS = new ChannelPattern("news:*");
  private static final ChannelPattern EVERY = new ChannelPattern("*");
  private static final Actor BACKEND = new Actor.Backend(new KeyId("key-1"));
  private static final Actor ANYONE = Actor.KeyHolder.ANYONE;
  private static final Actor ANNA =
      new Actor.TokenHolder(
          new ClientToken(
              "t",
              "anna",
              Capabilities.of(Map.of(EVERY, Set.of(Operation.values()))),
              0,
              1,
              new KeyId("key-1")));

  private static App app(ChannelRule... rules) {
    App plain = TestNode.app(TestNode.APP);
    return new App(plain.id(), plain.tenant(), plain.settings(), plain.keys(), List.of(rules));
  }

  private static ChannelRule rule(ChannelPattern pattern, Admission admission) {
    return new ChannelRule(pattern, null, null, null, null, admission, Content.ANY);
  }

  private static final App APP =
      app(
          rule(EVERY, new Admission(Standing.TOKENS, null, null)),
          rule(NEWS, new Admission(Standing.SERVER, Standing.TOKENS, Standing.SERVER)));

  @ParameterizedTest
  @CsvSource({
    "PUBLISH, news:1, false, false, true",
    "SUBSCRIBE, news:1, false, true, true",
    "HISTORY, news:1, false, true, true",
    "PRESENCE, news:1, false, false, true",
    "PUBLISH, other, false, true, true",
    "SUBSCRIBE, other, true, true, true",
    "SUBSCRIBE, private-other, false, true, true",
    "SUBSCRIBE, #internal, false, false, true",
  })
  void whatWasShownAndTheRuleBothHaveToAllow(
      Operation operation, String channel, boolean anyone, boolean token, boolean backend) {
    ChannelName name = ChannelName.of(channel);

    assertThat(Authorizer.explain(APP, ANYONE, operation, name).allowed()).isEqualTo(anyone);
    assertThat(Authorizer.explain(APP, ANNA, operation, name).allowed()).isEqualTo(token);
    assertThat(Authorizer.explain(APP, BACKEND, operation, name).allowed()).isEqualTo(backend);
  }

  @Test
  void theOneThingThatDecidedIsNamed() {
    ChannelName news = ChannelName.of("news:1");

    assertThat(Authorizer.explain(APP, ANNA, Operation.PUBLISH, news))
        .isEqualTo(new Explanation.RuleDenies(NEWS, Standing.SERVER));
    assertThat(Authorizer.explain(APP, ANNA, Operation.SUBSCRIBE, news))
        .isEqualTo(new Explanation.AllowedBy(EVERY));
    assertThat(Authorizer.explain(APP, BACKEND, Operation.PUBLISH, news))
        .isEqualTo(new Explanation.BySecret(new KeyId("key-1")));
    assertThat(Authorizer.explain(APP, ANYONE, Operation.SUBSCRIBE, ChannelName.of("open")))
        .isEqualTo(new Explanation.OpenChannel());
    assertThat(Authorizer.explain(APP, ANYONE, Operation.PUBLISH, ChannelName.of("open")))
        .isEqualTo(new Explanation.NeedsCredentials());
  }

  @Test
  void aRefusalIsTheDecisionInWords() {
    ChannelName news = ChannelName.of("news:1");
    Problem problem =
        Objects.requireNonNull(Authorizer.refusal(APP, ANNA, Operation.PUBLISH, news));

    assertThat(problem.code()).isEqualTo(ErrorCode.RULE_DENIED);
    assertThat(problem.detail())
        .endsWith("publish to news:1 (expected: server, as the rule \"news:*\" says)");
    assertThat(Authorizer.refusal(APP, ANNA, Operation.SUBSCRIBE, news)).isNull();
    assertThat(Authorizer.refusalByRule(APP, Standing.TOKENS, Operation.PUBLISH, news))
        .isEqualTo(problem);
  }

  @Test
  void whatSwitchesClientEventsOffIsNamed() {
    ChannelName chat = ChannelName.of("private-chat");
    ChannelPattern pattern = new ChannelPattern("private-*");
    App on = app();
    App off = TestNode.app(TestNode.APP, AppSettings.DEFAULT);
    App offByRule = app(new ChannelRule(pattern, null, false, null, null));
    App byServer = app(rule(pattern, new Admission(Standing.SERVER, null, null)));

    assertThat(Authorizer.explainClientEvent(on, null, chat).allowed()).isTrue();
    assertThat(Authorizer.explainClientEvent(on, null, ChannelName.of("chat")))
        .isEqualTo(new Explanation.KindDenies(ChannelName.of("chat").kind()));
    assertThat(Authorizer.explainClientEvent(off, null, chat))
        .isEqualTo(new Explanation.ClientEventsOff(null));
    assertThat(Authorizer.explainClientEvent(offByRule, null, chat))
        .isEqualTo(new Explanation.ClientEventsOff(pattern));
    assertThat(Authorizer.explainClientEvent(byServer, null, chat))
        .isEqualTo(new Explanation.RuleDenies(pattern, Standing.SERVER));
  }

  @Test
  void pagesConnectWhoseOriginTheApplicationTakes() {
    AppSettings settings =
        new AppSettings(
            true,
            AppSettings.Features.DEFAULT,
            AppSettings.Limits.DEFAULT,
            new Origins(List.of("https://ours.example")));
    App app = TestNode.app(TestNode.APP, settings);

    assertThat(Authorizer.refusalToConnect(app, "https://ours.example")).isNull();
    assertThat(Authorizer.refusalToConnect(app, null)).as("a program").isNull();
    Problem refusal =
        Objects.requireNonNull(Authorizer.refusalToConnect(app, "https://theirs.example"));
    assertThat(refusal.code()).isEqualTo(ErrorCode.ORIGIN_DENIED);
    assertThat(refusal.detail()).contains("https://theirs.example").doesNotContain("ours");
    for (String strange : List.of("null", "", "\u0000", "x".repeat(10_000))) {
      assertThat(Objects.requireNonNull(Authorizer.refusalToConnect(app, strange)).detail())
          .contains("none (expected: ");
    }
  }
}
