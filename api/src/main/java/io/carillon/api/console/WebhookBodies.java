package io.carillon.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.webhook.WebhookAdmin.Listed;
import io.carillon.core.webhook.WebhookAttempt;
import io.carillon.core.webhook.WebhookLedger;
import io.carillon.core.webhook.WebhookOutbox.Waiting;
import io.carillon.core.webhook.WebhookSettings;
import io.carillon.core.webhook.WebhookType;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about webhooks. Stateless. */
final class WebhookBodies {
  private WebhookBodies() {}

  /** What is to be set. */
  @Introspected
  @Schema(name = "WebhookRequest", description = "Of a change, what is absent stays as it is")
  record WebhookRequest(
      @Schema(description = "Up to 100 characters, for people") @Nullable String label,
      @Schema(description = "http or https; up to 2000 characters") @Nullable String url,
      @Schema(description = "pusher when it is absent", pattern = "pusher|carillon")
          @Nullable String format,
      @Schema(
              description =
                  "Of channel_occupied, channel_vacated, member_added, member_removed,"
                      + " client_event, cache_miss, subscription_count and, in the native format,"
                      + " message_published and quota_alert")
          @Nullable List<String> types,
      @Schema(description = "What the names of its channels begin with; all when it is empty")
          @Nullable String channelPrefix,
      @Schema(description = "Whether a call may carry several events") @Nullable Boolean batched,
      @Schema(description = "A paused one is not called; what happens meanwhile waits")
          @Nullable Boolean paused) {}

  /** A webhook without its secret. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Webhook")
  record WebhookBody(
      String id,
      String label,
      String url,
      @Schema(pattern = "pusher|carillon") String format,
      List<String> types,
      String channelPrefix,
      boolean batched,
      boolean paused,
      String since,
      @Schema(description = "Events that wait to be told") long waiting,
      @Schema(description = "Since when the oldest of them waits") @Nullable String oldest,
      @Schema(description = "Events that were given up, and can be replayed") long dead,
      @Schema(description = "Events for which there was no room") long dropped,
      @Schema(description = "Calls that failed since the last one that did not") int failures,
      @Schema(description = "Nothing is sent before, as too many calls failed")
          @Nullable String closedUntil,
      @Schema(description = "Until then calls have a signature of the former secret, too")
          @Nullable String formerSecretUntil) {
    static WebhookBody of(Listed listed) {
      WebhookSettings settings = listed.endpoint().settings();
      long closed = listed.health().closedUntilMillis();
      return new WebhookBody(
          listed.endpoint().id().toString(),
          settings.label(),
          settings.url().toString(),
          settings.format().word(),
          settings.filter().types().stream().map(WebhookType::word).sorted().toList(),
          settings.filter().channelPrefix(),
          settings.isBatched(),
          settings.isPaused(),
          listed.endpoint().since().toString(),
          listed.backlog().waiting(),
          listed.backlog().oldestMillis() == 0 ? null : time(listed.backlog().oldestMillis()),
          listed.backlog().dead(),
          listed.health().dropped(),
          listed.health().failures(),
          closed == 0 ? null : time(closed),
          listed.endpoint().secrets().former() == null
              ? null
              : listed.endpoint().secrets().formerUntil().toString());
    }
  }

  /** All of an application's webhooks. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Webhooks")
  record WebhookList(List<WebhookBody> webhooks) {
    static WebhookList of(List<Listed> listed) {
      return new WebhookList(listed.stream().map(WebhookBody::of).toList());
    }
  }

  /** A webhook with its secret, this once. */
  @Serdeable
  @Schema(name = "NewWebhook")
  record MadeWebhook(
      WebhookBody webhook,
      @Schema(description = "Signs calls of the native format; it is not told again")
          String secret) {
    static MadeWebhook of(Listed listed) {
      return new MadeWebhook(
          WebhookBody.of(listed),
          new String(listed.endpoint().secrets().current().reveal(), UTF_8));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "MadeWebhook[webhook=" + webhook + "]";
    }
  }

  /** How a secret is changed. */
  @Introspected
  @Schema(name = "WebhookSecretRequest")
  record SecretRequest(
      @Schema(
              description =
                  "For how many hours calls have a signature of the former secret, too: 0 to 168;"
                      + " 24 when it is absent")
          @Nullable Integer formerHours) {}

  /** A webhook that is gone. */
  @Serdeable
  @Schema(name = "WebhookDeleted")
  record Deleted(String id) {}

  /** An event that an endpoint was or will be told of. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "WebhookEvent")
  record EventBody(
      @Schema(description = "Grows with each event; what a replay names") long number,
      @Schema(description = "As receivers see it, the same at each attempt") String id,
      String type,
      String channel,
      @Schema(description = "Counts the events of this webhook and channel from 1") long sequence,
      String at,
      @Nullable String userId,
      @Nullable String name,
      @Nullable String data,
      @Schema(pattern = "waiting|delivered|dead") String state,
      int attempts,
      int replays,
      @Nullable String settledAt) {
    private static final int DATA_SHOWN = 1_000;

    static EventBody of(WebhookLedger.Listed listed) {
      Waiting entry = listed.entry();
      var event = entry.event();
      String data = event.detail().data();
      return new EventBody(
          entry.number(),
          event.id(),
          event.type().word(),
          event.channel().name().value(),
          entry.sequence(),
          time(event.atMillis()),
          event.detail().userId(),
          event.detail().name(),
          data == null || data.length() <= DATA_SHOWN ? data : data.substring(0, DATA_SHOWN) + "…",
          listed.state().word(),
          listed.attempts(),
          listed.replays(),
          listed.settledAtMillis() == 0 ? null : time(listed.settledAtMillis()));
    }
  }

  /** A page of events. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "WebhookEvents")
  record EventPage(
      @Schema(description = "The newest first") List<EventBody> events,
      @Schema(description = "For the next page; absent on the last one") @Nullable String cursor) {
    static EventPage of(List<WebhookLedger.Listed> page, int limit) {
      return new EventPage(
          page.stream().map(EventBody::of).toList(),
          page.size() < limit ? null : String.valueOf(page.getLast().entry().number()));
    }
  }

  /** A call as the ledger has it. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "WebhookAttempt")
  record AttemptBody(
      long number,
      @Schema(description = "Of the call: the event's id, or one of its own for a batch") String id,
      String at,
      @Schema(description = "Which one it was for its oldest event; 0 for a test") int attempt,
      @Schema(description = "Milliseconds") int latency,
      boolean accepted,
      @Schema(description = "Of HTTP; absent when no answer came") @Nullable Integer status,
      @Schema(description = "The first kilobyte of the answer, or why there was none") String reply,
      @Schema(description = "The numbers of the events that it carried") List<Long> events) {
    static AttemptBody of(WebhookLedger.Call call) {
      return of(call.number(), call.attempt(), call.events());
    }

    static AttemptBody of(long number, WebhookAttempt attempt, List<Long> events) {
      WebhookAttempt.Result result = attempt.result();
      return new AttemptBody(
          number,
          attempt.callId(),
          time(attempt.atMillis()),
          attempt.attempt(),
          result.millis(),
          result.isAccepted(),
          result.status() == 0 ? null : result.status(),
          result.reply(),
          events);
    }
  }

  /** A page of the ledger. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "WebhookAttempts")
  record AttemptPage(
      @Schema(description = "The newest first") List<AttemptBody> attempts,
      @Schema(description = "For the next page; absent on the last one") @Nullable String cursor) {
    static AttemptPage of(List<WebhookLedger.Call> page, int limit) {
      return new AttemptPage(
          page.stream().map(AttemptBody::of).toList(),
          page.size() < limit ? null : String.valueOf(page.getLast().number()));
    }
  }

  /** What is to be told again. */
  @Introspected
  @Schema(name = "WebhookReplay")
  record ReplayRequest(
      @Schema(description = "The lowest number of an event; 1 when it is absent")
          @Nullable Long first,
      @Schema(description = "The highest number; any when it is absent") @Nullable Long last,
      @Schema(description = "Both when it is absent", pattern = "delivered|dead")
          @Nullable String state) {}

  /** What waits again. */
  @Serdeable
  @Schema(name = "WebhookReplayed")
  record Replayed(@Schema(description = "Up to 10000, the oldest first") int events) {}

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
