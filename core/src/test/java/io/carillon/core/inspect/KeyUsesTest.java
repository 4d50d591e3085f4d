package io.carillon.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.inspect.KeyUses.Seen;
import io.carillon.core.model.AddressRange;
import io.carillon.core.model.Client;
import io.carillon.core.model.Client.Protocol;
import io.carillon.core.model.KeyId;
import io.carillon.core.testing.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class KeyUsesTest {
  private static final KeyId KEY = new KeyId("key-1");

  private final FakeTicker ticker = new FakeTicker();
  private final KeyUses uses = new KeyUses(ticker);

  private static Client client(String library) {
    return Client.of(Protocol.REST, library, AddressRange.UNKNOWN);
  }

  @Test
  void eachProgramHasItsLatestUse() {
    uses.used(KEY, client("one"));
    ticker.advance(Duration.ofSeconds(5));
    long later = ticker.epochMillis();
    uses.used(KEY, client("two"));
    uses.used(KEY, client("two"));

    assertThat(uses.since(0)).hasSize(2);
    assertThat(uses.since(later)).containsExactly(new Seen(KEY, client("two"), later));
    uses.forgetBefore(later);
    assertThat(uses.since(0)).containsExactly(new Seen(KEY, client("two"), later));
  }

  @Test
  void anOpenConnectionUsesItsKeyAllTheTime() {
    KeyUse use = uses.opened(KEY, client("one"));
    ticker.advance(Duration.ofHours(2));
    long now = ticker.epochMillis();

    uses.forgetBefore(now);
    assertThat(uses.since(now)).containsExactly(new Seen(KEY, client("one"), now));

    uses.closed(use);
    ticker.advance(Duration.ofHours(1));
    uses.forgetBefore(ticker.epochMillis());
    assertThat(uses.since(0)).isEmpty();
  }

  @Test
  void anyNumberOfNamesCostsAFewRows() {
    for (int i = 0; i < 10_000; i++) {
      uses.used(KEY, client("library " + i));
    }

    assertThat(uses.since(0))
        .hasSize(KeyUses.PROGRAMS_MAX + 1)
        .extracting(seen -> seen.client().library())
        .contains("library 0", "others");
  }
}
