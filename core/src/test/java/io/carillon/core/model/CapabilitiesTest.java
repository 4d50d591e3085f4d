package io.carillon.core.model;

import static io.carillon.core.model.Operation.HISTORY;
import static io.carillon.core.model.Operation.PRESENCE;
import static io.carillon.core.model.Operation.PUBLISH;
import static io.carillon.core.model.Operation.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.auth.ClientToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CapabilitiesTest {
  private static final ChannelPattern CHAT = new ChannelPattern("chat:*");
  private static final ChannelPattern EVERY = new ChannelPattern("*");

  private final Capabilities capabilities =
      of(
          Map.entry(new ChannelPattern("chat:lobby"), Set.of(SUBSCRIBE)),
          Map.entry(CHAT, Set.of(SUBSCRIBE, PUBLISH)),
          Map.entry(new ChannelPattern("presence-*"), Set.of(SUBSCRIBE, PRESENCE)),
          Map.entry(new ChannelPattern("*:public"), Set.of(HISTORY)),
          Map.entry(new ChannelPattern("silent"), Set.of()));

  @SafeVarargs
  private static Capabilities of(Map.Entry<ChannelPattern, Set<Operation>>... rules) {
    Map<ChannelPattern, Set<Operation>> map = new LinkedHashMap<>();
    for (Map.Entry<ChannelPattern, Set<Operation>> rule : rules) {
      map.put(rule.getKey(), rule.getValue());
    }
    return Capabilities.of(map);
  }

  private static ClientToken token(@Nullable String clientId, Capabilities capabilities) {
    return new ClientToken(null, clientId, capabilities, 0, 1, new KeyId("k"));
  }

  @ParameterizedTest
  @CsvSource({
    "SUBSCRIBE, chat:1, true",
    "PUBLISH, chat:1, true",
    "PUBLISH, chat:1:typing, true",
    "HISTORY, chat:1, false",
    "PRESENCE, chat:1, false",
    "PUBLISH, chat:lobby, true",
    "PUBLISH, chat, false",
    "PUBLISH, chatter, false",
    "PUBLISH, xchat:1, false",
    "PRESENCE, presence-room, true",
    "PUBLISH, presence-room, false",
    "PRESENCE, presence-a:b, false",
    "HISTORY, news:public, true",
    "HISTORY, news:sport:public, false",
    "SUBSCRIBE, news:public, false",
    "SUBSCRIBE, silent, false",
    "SUBSCRIBE, other, false",
  })
  void anyRuleAllows(Operation operation, String channel, boolean allowed) {
    ChannelName name = ChannelName.of(channel);

    assertThat(capabilities.allows(operation, name)).isEqualTo(allowed);
    assertThat(capabilities.explain(operation, name).allowed()).isEqualTo(allowed);
    assertThat(token("anna", capabilities).allows(operation, name)).isEqualTo(allowed);
    assertThat(Capabilities.NONE.allows(operation, name)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aStarAloneIsEveryChannelButThoseOfTheServer(Operation operation) {
    Capabilities all = of(Map.entry(EVERY, Set.of(operation)));

    assertThat(List.of("a", "a:b:c", "private-a", "presence-cache-a", "private-encrypted-a"))
        .allMatch(name -> all.allows(operation, ChannelName.of(name)));
    assertThat(List.of("#x", "#server-to-user-anna", "#server-to-user-"))
        .noneMatch(
            name ->
                ChannelName.problemWith(name) == null
                    && all.allows(operation, ChannelName.of(name)));
    for (Operation other : Operation.values()) {
      assertThat(all.allows(other, ChannelName.of("a"))).isEqualTo(other == operation);
    }
  }

  @Test
  void aClientReadsItsOwnChannelOnly() {
    ClientToken anna = token("anna", of(Map.entry(EVERY, Set.of(Operation.values()))));
    ChannelName own = ChannelName.ofUser("anna");

    assertThat(anna.allows(SUBSCRIBE, own)).isTrue();
    assertThat(anna.allows(HISTORY, own)).isTrue();
    assertThat(anna.allows(PUBLISH, own)).isFalse();
    assertThat(anna.allows(PRESENCE, own)).isFalse();
    assertThat(anna.explain(SUBSCRIBE, own)).isEqualTo(new Explanation.OwnChannel());
    assertThat(anna.explain(PUBLISH, own)).isEqualTo(new Explanation.OfServer());
    for (String other : List.of("hanna", "ann", "annA", "xanna", "anna2", "joan")) {
      assertThat(anna.allows(SUBSCRIBE, ChannelName.ofUser(other))).as(other).isFalse();
    }
    assertThat(anna.allows(SUBSCRIBE, ChannelName.of("#internal-anna"))).isFalse();
    assertThat(token("anna", Capabilities.NONE).allows(SUBSCRIBE, own)).isTrue();
    assertThat(token(null, Capabilities.NONE).allows(SUBSCRIBE, own)).isFalse();
  }

  @Test
  void theRuleThatAllowsIsNamed() {
    ChannelName lobby = ChannelName.of("chat:lobby");

    assertThat(capabilities.explain(SUBSCRIBE, lobby))
        .isEqualTo(new Explanation.AllowedBy(new ChannelPattern("chat:lobby")));
    assertThat(capabilities.explain(PUBLISH, lobby)).isEqualTo(new Explanation.AllowedBy(CHAT));
    assertThat(capabilities.explain(HISTORY, lobby))
        .isEqualTo(new Explanation.NoRule(List.of(new ChannelPattern("chat:lobby"), CHAT)));
    assertThat(capabilities.explain(SUBSCRIBE, ChannelName.of("other")))
        .isEqualTo(new Explanation.NoRule(List.of()));
    assertThat(capabilities.explain(SUBSCRIBE, ChannelName.of("#x")))
        .isEqualTo(new Explanation.OfServer());
  }

  @Test
  void thereAreAtMostAHundredPatterns() {
    Map<ChannelPattern, Set<Operation>> rules = new LinkedHashMap<>();
    for (int i = 0; i < Capabilities.MAX_PATTERNS; i++) {
      rules.put(new ChannelPattern("channel-" + i), Set.of(SUBSCRIBE));
    }
    assertThat(Capabilities.of(rules).rules()).isEqualTo(rules);

    rules.put(new ChannelPattern("one-more"), Set.of(SUBSCRIBE));
    assertThatThrownBy(() -> Capabilities.of(rules))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capabilities: 101 patterns (expected: at most 100)");
  }

  @Test
  void operationsHaveTheirWords() {
    assertThat(Operation.ofWord("subscribe")).isEqualTo(SUBSCRIBE);
    assertThat(Operation.ofWord("history")).isEqualTo(HISTORY);
    assertThat(Operation.ofWord("SUBSCRIBE")).isNull();
    assertThat(Operation.ofWord("*")).isNull();
  }
}
