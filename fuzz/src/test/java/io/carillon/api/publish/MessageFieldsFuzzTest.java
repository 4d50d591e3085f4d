package io.carillon.api.publish;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.edge.format.ValueReader;
import io.carillon.edge.format.WireFormat;
import io.carillon.fuzz.Input;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages over REST: refused, or data that a client of either format can be told, with an id that
 * a store tells from others.
 */
class MessageFieldsFuzzTest {
  static Stream<byte[]> seeds() {
    return Input.seeds(
        "",
        "{\"name\":\"n\",\"data\":{\"a\":[1,2.50,1e400,-0,18446744073709551615]},\"id\":\"i\"}",
        "{\"name\":\"n\",\"data\":\"aGk=\",\"encoding\":\"base64\",\"trace\":true}",
        "{\"op\":\"append\",\"ref\":\"r\",\"extras\":{\"a\":1e-9999},\"data\":\"\\ud800\"}",
        "{\"op\":\"delete\",\"ref\":\"r\"}",
        "{\"name\":\"n\",\"data\":null,\"id\":\"\\udc00\"}");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void whatIsTakenCanBeToldInEachFormat(byte[] body) throws IOException {
    if (!(Json.object(body) instanceof Checked.Valid<JsonNode>(var node))
        || !(MessageFields.read(node, Origin.Backend.TO_EVERYONE, List.of())
            instanceof Checked.Valid<Message>(var message))) {
      return;
    }
    String id = message.id();
    Input.check(
        id == null
            || id.equals(
                new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)),
        "an id that UTF-8 does not hold");
    Payload payload = message.payload();
    Input.check(payload.size() <= 64 + 8 * body.length, "data of " + payload.size() + " bytes");
    for (WireFormat format : WireFormat.values()) {
      byte[] told = format.writer(64).beginMap().key("d").payload(payload).endMap().toBytes();
      try (ValueReader reader = format.reader(told)) {
        reader.next();
        reader.next();
        reader.skip();
        Input.check(
            reader.next() == ValueReader.Kind.END || payload.form() == Payload.Form.BINARY,
            "more than one value");
      }
    }
  }
}
