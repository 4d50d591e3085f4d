package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.engine.Inquiries.ConnectionFacts;
import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about what happens now. Stateless. */
final class LiveBodies {
  private LiveBodies() {}

  /** An open connection. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "LiveConnection")
  record Connection(
      String id,
      @Schema(description = "By which it came") String key,
      @Schema(description = "By signing in or by its token; absent for nobody in particular")
          @Nullable String user,
      @Schema(pattern = "pusher|pusher-http|carillon|sse|poll") String protocol,
      @Schema(description = "As it named itself; absent when it did not") @Nullable String library,
      @Schema(description = "A /24 of IPv4 or a /48 of IPv6; absent when it is unknown")
          @Nullable String from,
      String since,
      int subscriptions) {
    static Connection of(ConnectionFacts facts) {
      return new Connection(
          facts.id().socketId(),
          facts.key().value(),
          facts.user(),
          facts.client().protocol().word(),
          orNull(facts.client().library()),
          orNull(facts.client().from().text()),
          Instant.ofEpochMilli(facts.sinceMillis()).toString(),
          facts.subscriptions());
    }
  }

  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** A page of the open connections. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "LiveConnections")
  record Connections(
      @Schema(description = "In the order of their ids") List<Connection> connections,
      @Schema(description = "All that are open, whatever the filter says") int total,
      @Schema(description = KeyBodies.UNANSWERED) @Nullable Integer unanswered,
      @Schema(description = "For the next page; absent on the last one") @Nullable String cursor) {}

  /** A connection that was ended. */
  @Serdeable
  @Schema(name = "ConnectionEnded")
  record Ended(String id) {}

  /** Something that was refused. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Refusal")
  record Refused(
      String at,
      @Schema(description = "What was tried, in a word or as method and path") String what,
      @Schema(description = "The number of the error") int code,
      @Nullable String channel,
      @Nullable String key,
      @Nullable String connection,
      @Schema(description = "What the client was told") String reason) {
    static Refused of(RefusalFacts facts) {
      return new Refused(
          Instant.ofEpochMilli(facts.atMillis()).toString(),
          facts.what(),
          facts.code(),
          facts.channel(),
          facts.key(),
          facts.connection(),
          facts.reason());
    }
  }

  /** What was refused last. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Refusals")
  record Refusals(
      @Schema(description = "The newest first; each node keeps the last 200 in memory")
          List<Refused> refusals,
      @Schema(description = KeyBodies.UNANSWERED) @Nullable Integer unanswered) {}
}
