package io.carillon.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.auth.Tickets.IssueOutcome;
import io.carillon.core.auth.Tickets.TakeOutcome;
import io.carillon.core.engine.Directory;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import io.carillon.core.runtime.Ticker;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clause 13.3: tickets. */
final class TicketsTest {
  private static final KeyId KEY = new KeyId("key-1");

  private long now = 1_000_000;
  private final Tickets tickets = new Tickets(directory("secret-1"), ticker());

  private Ticker ticker() {
    return new Ticker() {
      @Override
      public long nanos() {
        return now * 1_000_000;
      }

      @Override
      public long epochMillis() {
        return now;
      }
    };
  }

  private static Directory directory(String secret) {
    App app =
        new App(
            new AppId("1"),
            new TenantId(new UUID(0, 1)),
            AppSettings.DEFAULT,
            List.of(new ApiKey(KEY, Secret.of(secret), "test")),
            List.of());
    return new Directory() {
      @Override
      public @Nullable App app(AppId id) {
        return app;
      }

      @Override
      public @Nullable App appOfKey(KeyId id) {
        return id.equals(KEY) ? app : null;
      }

      @Override
      public void onChange(Consumer<AppId> listener) {}
    };
  }

  private String issued() {
    assertThat(tickets.issue(KEY, "a.b.c", null)).isInstanceOf(IssueOutcome.Issued.class);
    return ((IssueOutcome.Issued) tickets.issue(KEY, "a.b.c", null)).text();
  }

  private static ErrorCode refusal(TakeOutcome outcome) {
    assertThat(outcome).isInstanceOf(TakeOutcome.Refused.class);
    return ((TakeOutcome.Refused) outcome).problem().code();
  }

  @Test
  void standsForItsTokenOnce() {
    String ticket = issued();

    assertThat(tickets.take(ticket)).isEqualTo(new TakeOutcome.Taken("a.b.c"));
    assertThat(refusal(tickets.take(ticket))).isEqualTo(ErrorCode.TICKET_INVALID);
    assertThat(tickets.take(issued())).isEqualTo(new TakeOutcome.Taken("a.b.c"));
  }

  @Test
  void countsForSeconds() {
    String ticket = issued();
    now += 30_000;
    assertThat(refusal(tickets.take(ticket))).isEqualTo(ErrorCode.TICKET_INVALID);
  }

  @Test
  void isTakenByEveryNodeOfTheSameKeysAndByNoOther() {
    String ticket = issued();
    assertThat(new Tickets(directory("secret-1"), ticker()).take(ticket))
        .isEqualTo(new TakeOutcome.Taken("a.b.c"));
    assertThat(refusal(new Tickets(directory("another"), ticker()).take(ticket)))
        .isEqualTo(ErrorCode.TICKET_INVALID);
  }

  @Test
  void showsNothingOfItsToken() {
    byte[] bytes = Base64.getUrlDecoder().decode(issued());
    assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("a.b.c");
  }

  @Test
  void noBitOfItCanBeChanged() {
    byte[] bytes = Base64.getUrlDecoder().decode(issued());
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(refusal(tickets.take(text))).as("byte %s", i).isEqualTo(ErrorCode.TICKET_INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AQ", "AQVrZXktMQ", "!", "AQVrZXktMQAAAAAAAAAAAAAAAAAA", "////"})
  void whatIsNoneIsRefused(String text) {
    assertThat(refusal(tickets.take(text))).isEqualTo(ErrorCode.TICKET_INVALID);
  }

  @Test
  void aTokenThatFitsNoUrlGetsNone() {
    assertThat(tickets.issue(KEY, "x".repeat(Tickets.TOKEN_BYTES_MAX + 1), null))
        .isInstanceOf(IssueOutcome.Refused.class);
  }
}
