package io.carillon.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final Payload PAYLOAD = new Payload(24);

  private static String rendered(Template template, long sequence, long stamp) {
    ByteBuf out = Unpooled.buffer();
    template.write(out, PAYLOAD, sequence, stamp);
    assertThat(out.readableBytes()).isEqualTo(template.bytes(PAYLOAD));
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void fillsInWhatIsBoundAndWhatDiffers() {
    Template template = new Template("{\"ch\":\"{channel}\",\"i\":{seq},\"d\":\"{data}\"}");

    assertThat(rendered(template.bind(Map.of("channel", "c1")), 7, 123))
        .isEqualTo("{\"ch\":\"c1\",\"i\":100000000000007,\"d\":\"~0000000000000000123xxxx\"}");
  }

  @Test
  void bracesOfJsonAreNoPlaceholders() {
    assertThat(rendered(new Template("{\"a\":{},\"b\":{other}}"), 0, 0))
        .isEqualTo("{\"a\":{},\"b\":{other}}");
  }

  @Test
  void bindingAddsNoPlaceholders() {
    assertThat(new Template("{a}").bind(Map.of("a", "$1 \\ {b}")).text()).isEqualTo("$1 \\ {b}");
  }

  @Test
  void bytesOfBinaryProtocolsStay() {
    assertThat(rendered(new Template("\u0082\u0000\u00ff"), 0, 0)).isEqualTo("\u0082\u0000\u00ff");
  }

  @Test
  void aPayloadHasRoomForItsStamp() {
    assertThat(PAYLOAD.text()).hasSize(24).startsWith("~0");
    assertThatThrownBy(() -> new Payload(19))
        .hasMessage("payload: 19 bytes (expected: 20 or more)");
  }
}
