package io.carillon.chaos.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.chaos.check.Roster;
import io.carillon.chaos.cluster.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches who is present, change by change, by section 9 of the protocol; comes back when it is
 * cut. Confined to its thread, but for the roster and what is volatile.
 */
final class Observer implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final long NOT_KNOWN = -1;

  private final String name;
  private final int port;
  private final String room;
  private final Roster roster;
  private final Map<String, String> members = new HashMap<>();
  private final Map<String, String> pages = new HashMap<>();
  private final List<JsonNode> waiting = new ArrayList<>();
  private long mine = NOT_KNOWN;
  private long pagesVersion = NOT_KNOWN;
  private volatile @Nullable RawSocket socket;
  private volatile boolean synced;
  private volatile boolean closed;

  /**
   * Begins to watch.
   *
   * @param port of a node, or of what stands before it
   */
  Observer(String name, int port, String room) {
    this.name = name;
    this.port = port;
    this.room = room;
    this.roster = new Roster(name);
    Thread.ofVirtual().start(this::watch);
  }

  Roster roster() {
    return roster;
  }

  /** Whether it knows who is present now. */
  boolean isSynced() {
    return synced;
  }

  private void watch() {
    while (!closed) {
      try (RawSocket opened = RawSocket.open(port)) {
        socket = opened;
        mine = NOT_KNOWN;
        pagesVersion = NOT_KNOWN;
        waiting.clear();
        opened.send(
            "[%s,{\"t\":\"sub\",\"i\":2,\"ch\":%s,\"presence\":true}]"
                .formatted(Access.hello(name), RawSocket.quoted(room)));
        while (!closed) {
          JsonNode frame = opened.next();
          if (frame.path("t").asText().equals("pres")) {
            hear(frame);
          }
        }
      } catch (IOException cut) {
        synced = false;
        Waiting.pass(PAUSE);
      }
    }
  }

  private void hear(JsonNode push) throws IOException {
    if (push.has("snap")) {
      page(push);
    } else if (mine == NOT_KNOWN) {
      waiting.add(push);
    } else {
      apply(push);
    }
  }

  private void page(JsonNode page) throws IOException {
    long version = page.path("v").asLong();
    if (page.path("snap").asInt() == 1) {
      pages.clear();
      pagesVersion = version;
    }
    if (version != pagesVersion) {
      return;
    }
    put(pages, page);
    if (page.path("more").asBoolean()) {
      return;
    }
    mine = version;
    members.clear();
    members.putAll(pages);
    roster.exactly(members);
    synced = true;
    List<JsonNode> kept = List.copyOf(waiting);
    waiting.clear();
    for (JsonNode push : kept) {
      apply(push);
    }
  }

  /** Clause 9.9. */
  private void apply(JsonNode push) throws IOException {
    long version = push.path("v").asLong();
    long from = push.path("f").asLong();
    if (version <= mine) {
      return;
    }
    RawSocket open = socket;
    if (from > mine) {
      mine = NOT_KNOWN;
      synced = false;
      if (open != null) {
        open.send("{\"t\":\"who\",\"i\":3,\"ch\":" + RawSocket.quoted(room) + "}");
      }
      return;
    }
    if (from == 0) {
      members.clear();
    }
    push.path("del").forEach(key -> members.remove(key.asText()));
    put(members, push);
    mine = version;
    roster.exactly(members);
  }

  private static void put(Map<String, String> into, JsonNode push) {
    push.path("set")
        .properties()
        .forEach(entry -> into.put(entry.getKey(), entry.getValue().path("id").asText()));
  }

  @Override
  public void close() {
    closed = true;
    RawSocket open = socket;
    if (open != null) {
      open.close();
    }
  }
}
