package io.carillon.core.config;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import java.util.List;

/** Renders the catalogue of limits as the page {@code docs/limits.md}. Stateless. */
public final class LimitsDocument {
  private static final String HEAD =
      """
      # Limits

      <!-- Rendered from core/src/main/java/io/carillon/core/config/LimitsDocument.java and
           core/src/main/java/io/carillon/core/model/Limit.java; rewrite with
           mvn -pl core test -Dtest=LimitsDocumentTest -Dcarillon.docs.write=true -->

      Everything that a client, a backend or a person can do is limited, and each limit belongs to one
      level. What is refused by one level does not take from the others.

      | level | what is limited | by whom | counted |
      |---|---|---|---|
      | platform | connections of a process, messages of all applications, sizes of frames and requests | the operator's configuration | connections and sizes by each process, messages by all together |
      | team (tenant) | messages of all its applications | its plan | by all processes together |
      | application | connections, attempts to connect, messages, bytes, history reads, sizes, presence | its team's plan; the team may set less | by all processes together |
      | key | messages and bytes | the plan; the team may set less | by all processes together |
      | connection | channels, subscriptions, client events | the plan; the team may set less; a token may say less again | by its process |
      | address | attempts to connect; attempts to sign in to the console | the operator's configuration; 60 attempts in 5 minutes | by each process; signing in by all together |

      ## How rates are counted

      A rate of *n* a second is a bucket that holds *n* and gets *n* in each second. With Redis the buckets of
      applications, keys, teams and the platform are Bucket4j's in Redis, and each process takes a tenth of a
      second's worth out of them before it needs it, so no message waits for Redis. What a process is granted on credit is
      paid back from its next parts: over time the number holds exactly, and within one second all processes
      together exceed it by once the number at most. While Redis is away each process has an equal share.

      A batch is taken whole when there is room for one message of it, and what comes next waits for the rest, so
      no batch is too large for ever. A repeated id counts as often as it is sent. Signals are not counted.

      ## What a refusal says

      - **REST**: 429 with `Retry-After` (whole seconds), and the problem's `code`. Answers to an application with
        limits of messages, refused or not, have `RateLimit-Policy` and `RateLimit` as
        draft-ietf-httpapi-ratelimit-headers-10 writes them, such as `RateLimit-Policy: "messages";q=100;w=1,
        "key-messages";q=20;w=1` and `RateLimit: "messages";r=87;t=1, "key-messages";r=3;t=1`. The policies are
        `messages`, `bytes`, `key-messages`, `key-bytes` and `tenant-messages`; `r` is what this process knows of it.
      - **Native protocol**: `err` with `code`, `retry: "later"` and `after` in milliseconds; a connection that may
        not come in is sent `go` with the close code.
      - **Pusher's protocol**: `pusher:error` with 4301, or the connection is closed with 4004 (too many
        connections of the application) or 4100 (come back later).
      - **Before a socket is one**: 429 with `Retry-After` to an address that tries too often.
      """;

  private static final String PLANS =
      """

      ## Plans

      A plan is a named set of limits. The operator gives each team one; a team without one has `default`. What
      the plan says of a limit is what an application has and the most that the team may set for it; of what the
      plan does not name, the catalogue says both. `0` is no limit. A change of a plan, of a team's plan or of
      an application's own limits acts on every process within a second, also on open connections.

      Limits of a day or a month are quotas. They go by what is [metered](metering.md), about half a minute
      behind. At 80 and at 100 % the team's owners and admins get a mail, and the [webhooks](webhooks.md) that
      ask for `quota_alert` are told, each once. What is beyond is refused only where the plan says so.

      """;

  private LimitsDocument() {}

  /** The whole page. */
  public static String render() {
    StringBuilder page = new StringBuilder(HEAD).append(PLANS);
    page.append(
        "| limit | level | unit | by default | values | over it |\n|---|---|---|---|---|---|\n");
    for (Limit limit : Limit.values()) {
      append(page, limit);
    }
    page.append('\n');
    for (Limit limit : Limit.values()) {
      page.append("- `").append(limit.word()).append("`: ").append(limit.meaning()).append(".\n");
    }
    page.append("\nThe plan `development` has ").append(development());
    page.append(". Applications of `carillon.bootstrap-apps` have those limits by themselves.\n");
    page.append("\n## The platform's\n\n| setting | by default | |\n|---|---|---|\n");
    Settings.LIMITS.settings().forEach(setting -> append(page, setting));
    return page.toString();
  }

  private static String development() {
    List<String> named =
        LimitPlan.DEVELOPMENT.limits().entrySet().stream()
            .map(limit -> "`" + limit.getKey().word() + "` " + limit.getValue())
            .toList();
    return String.join(", ", named);
  }

  private static void append(StringBuilder page, Limit limit) {
    page.append("| `").append(limit.word()).append("` | ");
    page.append(limit.scope().word()).append(" | ");
    page.append(limit.unit().words()).append(" | ");
    page.append(limit.usual() == Limit.UNLIMITED ? "no limit" : limit.usual()).append(" | ");
    page.append(limit.range()).append(" | ");
    ErrorCode answer = answerTo(limit);
    page.append(answer.number()).append(" `").append(answer.slug()).append("`");
    Integer pusher = answer.pusherCode();
    page.append(pusher == null ? "" : ", Pusher " + pusher).append(" |\n");
  }

  private static void append(StringBuilder page, Setting<?> setting) {
    page.append("| `").append(setting.key()).append("` | ");
    page.append(setting.defaultText()).append(" | ");
    page.append(setting.description()).append(" |\n");
  }

  /** What is answered to what is beyond the limit. */
  static ErrorCode answerTo(Limit limit) {
    return switch (limit) {
      case CONNECTIONS -> ErrorCode.CONNECTION_QUOTA;
      case CONNECTIONS_PER_SECOND -> ErrorCode.CONNECTION_RATE;
      case MESSAGES_PER_SECOND, KEY_MESSAGES_PER_SECOND, TENANT_MESSAGES_PER_SECOND ->
          ErrorCode.MESSAGE_RATE;
      case BYTES_PER_SECOND, KEY_BYTES_PER_SECOND -> ErrorCode.BYTE_RATE;
      case HISTORY_READS_PER_SECOND -> ErrorCode.HISTORY_RATE;
      case MESSAGES_PER_DAY, MESSAGES_PER_MONTH, DELIVERIES_PER_MONTH -> ErrorCode.QUOTA_USED_UP;
      case MESSAGE_BYTES -> ErrorCode.MESSAGE_TOO_LARGE;
      case PRESENCE_MEMBERS -> ErrorCode.PRESENCE_FULL;
      case PRESENCE_DATA_BYTES -> ErrorCode.MEMBER_INVALID;
      case CHANNELS_PER_CONNECTION -> ErrorCode.CHANNEL_QUOTA;
      case SUBSCRIPTIONS_PER_SECOND -> ErrorCode.SUBSCRIPTION_RATE;
      case CLIENT_EVENTS_PER_SECOND -> ErrorCode.CLIENT_EVENT_RATE;
    };
  }
}
