package io.carillon.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Standing;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of a channel hold at every door, as every door publishes here. */
final class MessageRulesTest {
  /** Takes what has the schema's text in it. */
  private static final SchemaCheck CONTAINS =
      new SchemaCheck() {
        @Override
        public @Nullable String problemWith(String schema) {
          return null;
        }

        @Override
        public @Nullable Violation check(String schema, Payload data) {
          return data.asText().contains(schema) ? null : new Violation("/a", "no " + schema);
        }
      };

  private final FakeTicker ticker = new FakeTicker();
  private final Publisher publisher =
      new Publisher(new LocalEngine(ticker, 1_000_000).ports().withSchemas(CONTAINS), ticker);

  private static App app(ChannelRule rule) {
    App plain = TestNode.app(TestNode.APP);
    return new App(plain.id(), plain.tenant(), plain.settings(), plain.keys(), List.of(rule));
  }

  private static ChannelRule rule(String pattern, Content content) {
    Admission admission = new Admission(Standing.TOKENS, null, null);
    return new ChannelRule(new ChannelPattern(pattern), 20, null, null, null, admission, content);
  }

  private @Nullable Problem problem(ChannelRule rule, String event, String data, Standing by) {
    return problem(rule, "chat:1", event, data, by);
  }

  private @Nullable Problem problem(
      ChannelRule rule, String channel, String event, String data, Standing by) {
    Message message = new Message(null, event, Payload.text(data), Origin.Backend.TO_EVERYONE);
    return publisher.problemWith(
        new PublishCommand(app(rule), ChannelName.of(channel), message, by));
  }

  private static void assertRefused(@Nullable Problem problem, ErrorCode code, String detail) {
    Objects.requireNonNull(problem);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.detail()).contains(detail);
  }

  @Test
  void aMessageThatIsAsTheRuleWantsItIsTaken() {
    ChannelRule rule = rule("chat:*", new Content(List.of("said"), "x"));

    assertThat(problem(rule, "said", "an x", Standing.TOKENS)).isNull();
    assertThat(problem(rule, "said", "an x", Standing.SERVER)).isNull();
    assertThat(problem(rule, "other:1", "any", "no", Standing.CLIENTS)).isNull();
  }

  @Test
  void whatIsWrongIsNamedWithItsRule() {
    ChannelRule rule = rule("chat:*", new Content(List.of("said"), "x"));

    assertRefused(
        problem(rule, "other", "x", Standing.SERVER), ErrorCode.EVENT_NOT_ALLOWED, "\"chat:*\"");
    assertRefused(
        problem(rule, "said", "x", Standing.CLIENTS), ErrorCode.RULE_DENIED, "\"chat:*\"");
    assertRefused(
        problem(rule, "said", "x".repeat(21), Standing.SERVER),
        ErrorCode.MESSAGE_TOO_LARGE,
        "(20 bytes)");
    assertRefused(
        problem(rule, "said", "y", Standing.SERVER),
        ErrorCode.PAYLOAD_INVALID,
        "data at \"/a\": no x (by the schema of the rule \"chat:*\")");
  }

  @Test
  void whatTheServerCannotReadIsNotCheckedBySchema() {
    ChannelRule rule = rule("*", new Content(List.of(), "x"));

    assertThat(problem(rule, "private-encrypted-a", "e", "y", Standing.SERVER)).isNull();
  }

  @Test
  void aNodeThatChecksNoSchemasTakesNothingThatHasOne() {
    ChannelRule rule = rule("chat:*", new Content(List.of(), "x"));
    Publisher without = new Publisher(new LocalEngine(ticker, 1_000).ports(), ticker);
    Message message = new Message(null, "e", Payload.text("x"), Origin.Backend.TO_EVERYONE);

    assertRefused(
        without.problemWith(new PublishCommand(app(rule), ChannelName.of("chat:1"), message)),
        ErrorCode.PAYLOAD_INVALID,
        "not checked");
  }
}
