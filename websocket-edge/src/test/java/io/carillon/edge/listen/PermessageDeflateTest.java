package io.carillon.edge.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692, 7.1. */
class PermessageDeflateTest {
  private static final String ACCEPTED =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private static @Nullable String answer(String... offers) {
    return PermessageDeflate.answer(
        new DefaultHttpHeaders().add("Sec-WebSocket-Extensions", List.of(offers)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=9",
        "permessage-deflate;client_max_window_bits=\"15\" ; server_no_context_takeover",
        "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
        "x-unknown; a=b, permessage-deflate",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate"
      })
  void takesTheFirstOfferItCanKeep(String offer) {
    assertThat(answer(offer)).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",;,=",
        "permessage-bzip2",
        "permessage-deflate; unknown",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=08",
        "permessage-deflate; client_max_window_bits=",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=14",
        "permessage-deflate;"
      })
  void goesOnWithoutForWhatIsWrongOrCannotBeKept(String offer) {
    assertThat(answer(offer)).isNull();
  }

  @Test
  void confirmsTheWindowThatItAlwaysUses() {
    assertThat(answer("x", "permessage-deflate; server_max_window_bits=15"))
        .isEqualTo(ACCEPTED + "; server_max_window_bits=15");
  }
}
