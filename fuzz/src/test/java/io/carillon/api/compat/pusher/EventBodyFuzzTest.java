package io.carillon.api.compat.pusher;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.fuzz.Input;
import io.micronaut.json.tree.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of Pusher's HTTP API: within their bounds or refused, alone and in a batch. */
class EventBodyFuzzTest {
  private static final int CHANNELS_MAX = 100;

  static Stream<byte[]> seeds() {
    return Input.seeds(
        "",
        "{\"name\":\"x\",\"data\":\"{}\",\"channels\":[\"a\",\"b\",\"a\"],\"socket_id\":\"1.2\",\"info\":\"user_count,subscription_count\"}",
        "{\"name\":\"x\",\"data\":\"{}\",\"channel\":\"private-encrypted-a\"}",
        "{\"batch\":[{\"name\":\"x\",\"channel\":\"a\",\"data\":\"d\"},{\"name\":\"y\",\"channel\":\"b\",\"data\":\"\",\"info\":\"user_count\"}]}",
        "{\"name\":null,\"data\":1,\"channels\":[],\"socket_id\":\"99999999999.1\"}");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void eventsAreBoundedOrRefused(byte[] body) {
    if (!(Json.object(body) instanceof Checked.Valid<JsonNode>(var node))) {
      return;
    }
    if (EventBody.ofTrigger(node) instanceof Checked.Valid<EventBody>(var event)) {
      check(event);
    }
    if (EventBody.ofBatch(node) instanceof Checked.Valid<List<EventBody>>(var events)) {
      Input.check(
          !events.isEmpty() && events.size() <= EventBody.BATCH_MAX, events.size() + " events");
      events.forEach(EventBodyFuzzTest::check);
    }
  }

  private static void check(EventBody event) {
    int channels = event.channels().size();
    Input.check(channels > 0 && channels <= CHANNELS_MAX, channels + " channels");
    Input.check(new HashSet<>(event.channels()).size() == channels, "a channel twice");
  }
}
