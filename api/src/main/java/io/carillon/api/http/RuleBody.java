package io.carillon.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.HotWindow;
import io.carillon.core.model.SlowPolicy;
import io.carillon.core.model.Standing;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel rule as it is written; what is absent the application's settings decide. Immutable. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Rule")
public record RuleBody(
    @Schema(description = "Which channels it is for; * stands for any run of characters but :")
        String pattern,
    @Nullable Integer messageBytes,
    @Nullable Boolean clientEvents,
    @Nullable Hot hot,
    @Nullable Integer historyDays,
    @Schema(pattern = "clients|tokens|server") @Nullable String publish,
    @Schema(pattern = "clients|tokens|server") @Nullable String subscribe,
    @Schema(pattern = "clients|tokens|server") @Nullable String presence,
    @Nullable List<String> events,
    @Schema(types = {"string", "number", "boolean", "object", "array", "null"})
        @Nullable JsonNode schema,
    @Schema(pattern = "disconnect|drop-oldest|latest-per-key") @Nullable String slow) {

  public static RuleBody of(ChannelRule rule) {
    HotWindow hot = rule.hotWindow();
    String schema = rule.content().schema();
    SlowPolicy slow = rule.slow();
    return new RuleBody(
        rule.pattern().text(),
        rule.messageBytes(),
        rule.clientEvents(),
        hot == null ? null : new Hot(hot.messages(), hot.seconds()),
        rule.historyDays(),
        word(rule.admission().publish()),
        word(rule.admission().subscribe()),
        word(rule.admission().presence()),
        rule.content().events(),
        schema == null ? null : Json.accepted(schema),
        slow == null ? null : slow.word());
  }

  private static @Nullable String word(@Nullable Standing standing) {
    return standing == null ? null : standing.word();
  }

  /** What the log keeps for those who come back. */
  @Serdeable
  @Schema(name = "HotWindow")
  public record Hot(
      @Schema(minimum = "0", maximum = "100000") int messages,
      @Schema(minimum = "1", maximum = "86400") int seconds) {}

  /** A rule as it is put. */
  @Introspected
  @Schema(name = "RuleRequest", description = "What is absent the application's settings decide")
  public record ToPut(
      @Schema(description = "Largest data of one message", minimum = "1")
          @Nullable Integer messageBytes,
      @Schema(description = "Whether the Pusher protocol's clients may send events")
          @Nullable Boolean clientEvents,
      @Nullable Hot hot,
      @Schema(description = "How long the archive keeps it", minimum = "1", maximum = "365")
          @Nullable Integer historyDays,
      @Schema(description = "Who may publish", pattern = "clients|tokens|server")
          @Nullable String publish,
      @Schema(
              description = "Who may subscribe, and read the past",
              pattern = "clients|tokens|server")
          @Nullable String subscribe,
      @Schema(
              description = "Who may be present; server for nobody",
              pattern = "clients|tokens|server")
          @Nullable String presence,
      @Schema(description = "The names of events that are allowed; any when absent")
          @Nullable List<String> events,
      @Schema(
              types = {"string", "number", "boolean", "object", "array", "null"},
              description =
                  "A JSON schema (2020-12) of the data, of up to 32,768 characters; nothing in it is"
                      + " fetched, formats are not checked, expressions are RE2's")
          @Nullable JsonNode schema,
      @Schema(
              description =
                  "What is done with readers that are too slow: they are disconnected and resume (when"
                      + " absent), or the oldest messages give way, or all but the newest of each"
                      + " event's name; native clients are told what they miss",
              pattern = "disconnect|drop-oldest|latest-per-key")
          @Nullable String slow) {}

  /** All of an application's rules. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Rules")
  public record All(@Schema(description = "The most specific first") List<RuleBody> rules) {}

  /** Which rule is for a channel. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "RuleMatch")
  public record Match(
      String channel,
      @Schema(description = "Absent when none matches") @Nullable RuleBody rule,
      @Schema(description = "The patterns of less specific rules that match too, and do not count")
          List<String> hidden) {
    /** Which of the application's rules is for the channel. */
    public static Match of(App app, ChannelName channel) {
      List<ChannelRule> matching =
          app.rules().stream().filter(rule -> rule.pattern().matches(channel)).toList();
      return matching.isEmpty()
          ? new Match(channel.value(), null, List.of())
          : new Match(
              channel.value(),
              RuleBody.of(matching.getFirst()),
              matching.stream().skip(1).map(rule -> rule.pattern().text()).toList());
    }
  }

  /** A rule that is no more. */
  @Serdeable
  @Schema(name = "RuleRemoved")
  public record Removed(String pattern) {}
}
