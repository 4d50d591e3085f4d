package io.carillon.edge.protocol.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clauses 12.6 and 12.8, by chance: a client that folds what it sees, over cuts, resumes and new
 * beginnings, comes to the same as one that reads the history afterwards. The seed is in the
 * message of a failure; -Dcarillon.seed repeats it.
 */
@Timeout(120)
class FoldingClientTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 5;
  private static final int STEPS = 120;

  private record At(long e, long o) implements Comparable<At> {
    @Override
    public int compareTo(At other) {
      return e == other.e ? Long.compare(o, other.o) : Long.compare(e, other.e);
    }

    static At of(JsonNode node, long epoch) {
      return new At(node.path("e").asLong(epoch), node.get("o").asLong());
    }
  }

  /** A client's view of one channel. Confined to the test. */
  private static final class Folder implements AutoCloseable {
    private final EdgeServer server;
    private final String channel;
    private final Random random;
    private final Map<String, String> messages = new TreeMap<>();
    private final Map<String, At> versions = new TreeMap<>();
    private TestSocket socket;
    private At position = new At(0, 0);

    Folder(EdgeServer server, String channel, Random random) throws Exception {
      this.server = server;
      this.channel = channel;
      this.random = random;
      this.socket = opened(server);
      begin("");
    }

    private void begin(String how) throws Exception {
      socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"" + channel + "\"" + how + "}");
      JsonNode subbed = next(socket, "subbed");
      if (!how.contains("since")) {
        position = new At(subbed.get("e").asLong(), subbed.get("start").asLong());
      }
    }

    void cut() throws Exception {
      socket.close();
      socket = opened(server);
      if (random.nextInt(3) == 0) {
        messages.clear();
        versions.clear();
        begin(",\"rewind\":1000");
      } else {
        begin(",\"since\":{\"e\":" + position.e() + ",\"o\":" + position.o() + "}");
      }
    }

    void catchUpWith(At top) throws Exception {
      while (position.compareTo(top) < 0) {
        JsonNode push = next(socket, "msg");
        long epoch = push.get("e").asLong();
        for (JsonNode item : push.get("m")) {
          At at = At.of(item, epoch);
          if (at.compareTo(position) > 0) {
            take(item, at, epoch);
          }
        }
        position = new At(epoch, push.get("o").asLong());
      }
    }

    private void take(JsonNode item, At at, long epoch) {
      if (!item.has("op")) {
        String id = item.get("id").asText();
        messages.put(id, item.has("del") ? "gone" : item.get("d").asText());
        versions.put(id, item.has("v") ? At.of(item.get("v"), epoch) : at);
        return;
      }
      String id = item.get("ref").asText();
      String now = messages.get(id);
      At version = versions.get(id);
      if (now == null || version == null || now.equals("gone") || at.compareTo(version) <= 0) {
        return;
      }
      versions.put(id, at);
      switch (item.get("op").asText()) {
        case "append" -> messages.put(id, now + item.get("d").asText());
        case "update" -> messages.put(id, item.get("d").asText());
        default -> messages.put(id, "gone");
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static TestSocket opened(EdgeServer server) throws Exception {
    TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1");
    String token =
        server.token(
            "anna",
            Duration.ofHours(1),
            Map.of("*", "subscribe publish history message-update-any"));
    socket.send("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
    next(socket, "welcome");
    return socket;
  }

  private static JsonNode next(TestSocket socket, String type) throws Exception {
    JsonNode frame = JSON.readTree(socket.next());
    while (!frame.get("t").asText().equals(type)) {
      frame = JSON.readTree(socket.next());
    }
    return frame;
  }

  @Test
  void whoeverFoldsComesToWhatHistorySays() throws Exception {
    long seed = Long.getLong("carillon.seed", System.nanoTime());
    try (EdgeServer server = new EdgeServer(Map.of())) {
      for (int round = 0; round < ROUNDS; round++) {
        play(server, new Random(seed + round), "fold-" + round, "seed " + (seed + round));
      }
    }
  }

  private static void play(EdgeServer server, Random random, String channel, String seed)
      throws Exception {
    try (TestSocket publisher = opened(server);
        Folder folder = new Folder(server, channel, random)) {
      List<String> ids = new ArrayList<>();
      At top = new At(0, 0);
      for (int step = 0; step < STEPS; step++) {
        JsonNode results = publish(publisher, channel, items(random, ids));
        for (JsonNode result : results) {
          top = result.has("o") && At.of(result, 0).compareTo(top) > 0 ? At.of(result, 0) : top;
        }
        if (random.nextInt(10) == 0) {
          folder.cut();
        }
        if (random.nextInt(4) == 0) {
          folder.catchUpWith(top);
        }
      }
      folder.catchUpWith(top);
      assertThat(folder.messages).as(seed).isEqualTo(history(publisher, channel));
    }
  }

  private static JsonNode publish(TestSocket publisher, String channel, String items)
      throws Exception {
    publisher.send("{\"t\":\"pub\",\"i\":3,\"ch\":\"" + channel + "\",\"m\":[" + items + "]}");
    return next(publisher, "ok").get("r");
  }

  /** One to four messages and operations; those on messages that are gone are refused. */
  private static String items(Random random, List<String> ids) {
    List<String> items = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int chance = random.nextInt(20);
      if (ids.isEmpty() || chance < 3) {
        String id = "m" + ids.size();
        ids.add(id);
        items.add("{\"n\":\"a\",\"id\":\"" + id + "\",\"d\":\"" + chance + "\"}");
      } else {
        String ref = ids.get(random.nextInt(ids.size()));
        String op = chance == 3 ? "delete" : chance < 6 ? "update" : "append";
        String data = chance == 3 ? "" : ",\"d\":\"," + chance + "\"";
        items.add("{\"op\":\"" + op + "\",\"ref\":\"" + ref + "\"" + data + "}");
      }
    }
    return String.join(",", items);
  }

  private static Map<String, String> history(TestSocket socket, String channel) throws Exception {
    socket.send("{\"t\":\"hist\",\"i\":4,\"ch\":\"" + channel + "\",\"limit\":1000}");
    Map<String, String> messages = new TreeMap<>();
    for (JsonNode item : next(socket, "ok").get("m")) {
      messages.put(item.get("id").asText(), item.has("del") ? "gone" : item.get("d").asText());
    }
    return messages;
  }
}
