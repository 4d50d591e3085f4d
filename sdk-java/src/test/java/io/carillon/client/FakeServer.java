package io.carillon.client;

import io.carillon.client.internal.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server in memory that speaks the protocol, and fails when a test asks it to. Confined to the
 * lane's thread.
 */
final class FakeServer {
  private static final int LOST = 1006;
  private static final String[] ADVICE = {"fatal", "later", "now", "token"};
  private static final String[] RETRIES = {"no", "later", "now", "token"};

  final List<Frame> heard = new ArrayList<>();
  final List<Integer> messages = new ArrayList<>();
  final List<Integer> refusals = new ArrayList<>();
  final Set<String> denied = new HashSet<>();

  /** Channels that are refused for a while, with how long in milliseconds. */
  final Map<String, Long> busy = new HashMap<>();

  /** What the next publishes are refused for, in milliseconds. */
  final List<Long> throttled = new ArrayList<>();

  final Set<String> refusedTokens = new HashSet<>();
  int lostAcks;
  int skipped;
  boolean unreachable;
  boolean mute;
  long heartbeat = 25_000;

  private final Lane lane;
  private final Map<String, FakeLog> logs = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();
  private int connections;

  FakeServer(Lane lane) {
    this.lane = lane;
  }

  Link dial(Link.Listener listener) {
    Line line = new Line(listener);
    lane.execute(
        () -> {
          if (unreachable) {
            listener.closed(LOST, "unreachable");
          } else {
            lines.add(line);
            listener.opened();
          }
        });
    return line;
  }

  FakeLog log(String channel) {
    return logs.computeIfAbsent(channel, name -> new FakeLog());
  }

  List<String> types() {
    return heard.stream().map(Frame::type).toList();
  }

  List<Frame> heard(String type) {
    return heard.stream().filter(frame -> frame.type().equals(type)).toList();
  }

  int connections() {
    return lines.size();
  }

  long subscribers(String channel) {
    return lines.stream().filter(line -> line.channels.contains(channel)).count();
  }

  /** Publishes as a backend does. */
  void publish(String channel, String name, @Nullable Object data) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("n", name);
    if (data != null) {
      item.put("d", data);
    }
    store(channel, item);
  }

  private Position store(String channel, Map<String, Object> fields) {
    Map<String, Object> stored = log(channel).append(fields);
    stored.put("ts", lane.millis());
    Position head = log(channel).head();
    if (skipped > 0) {
      skipped--;
    } else {
      push(channel, head.offset() - 1, List.of(stored));
    }
    return head;
  }

  /** Clause 3.5. */
  void mark(String channel) {
    push(channel, log(channel).head().offset(), List.of());
  }

  private void push(String channel, long from, List<?> items) {
    tell(channel, msg(channel, from, items));
  }

  private String msg(String channel, long from, List<?> items) {
    Position head = log(channel).head();
    return FrameText.of("msg")
        .with("ch", channel)
        .with("e", head.epoch())
        .with("f", from)
        .with("o", head.offset())
        .with("m", items)
        .text();
  }

  /** Subscribers are told just this, also what a server should not say. */
  void tell(String channel, String frame) {
    for (Line line : List.copyOf(lines)) {
      if (line.channels.contains(channel)) {
        line.say(frame);
      }
    }
  }

  /** All connections are told this. */
  void tellAll(String frame) {
    List.copyOf(lines).forEach(line -> line.say(frame));
  }

  /** All connections break, as a network does it. */
  void drop() {
    drop(LOST);
  }

  void drop(int code) {
    List.copyOf(lines).forEach(line -> line.end(code));
  }

  void expireTokens() {
    for (Line line : List.copyOf(lines)) {
      refusedTokens.add(line.token);
      line.farewell(problem("token-expired", 3), 4310, null);
    }
  }

  void deny(String channel) {
    denied.add(channel);
    for (Line line : List.copyOf(lines)) {
      if (line.channels.remove(channel)) {
        line.say(err(problem("capability-denied", 0), null, channel));
      }
    }
  }

  /** Clause 8.1: with the time in which the same may succeed. */
  private static Map<String, Object> busyFor(String kind, long after) {
    Map<String, Object> problem = new LinkedHashMap<>(problem(kind, 1));
    problem.put("after", after);
    return problem;
  }

  private static Map<String, Object> problem(String kind, int retry) {
    return Map.of("kind", kind, "code", 50000, "msg", "said in a test", "retry", RETRIES[retry]);
  }

  private static String err(Map<String, Object> problem, @Nullable Object i, @Nullable String ch) {
    FrameText frame = FrameText.of("err").withIf("i", i).withIf("ch", ch);
    problem.forEach(frame::with);
    return frame.text();
  }

  /** A connection. */
  private final class Line implements Link {
    private final Link.Listener listener;
    private final Set<String> channels = new HashSet<>();
    private boolean welcome;
    private boolean open = true;
    private String token = "";

    Line(Link.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void send(List<String> frames) {
      messages.add(frames.size());
      List<String> all = List.copyOf(frames);
      lane.execute(() -> all.forEach(frame -> said(Frame.one(frame))));
    }

    @Override
    public void close() {
      lane.execute(this::leave);
    }

    @Override
    public void abort() {
      leave();
    }

    private void leave() {
      open = false;
      lines.remove(this);
    }

    void say(String frame) {
      if (open && !mute) {
        lane.execute(
            () -> {
              if (open) {
                listener.received(Frame.all(frame));
              }
            });
      }
    }

    void end(int code) {
      lines.remove(this);
      lane.execute(
          () -> {
            if (open) {
              open = false;
              listener.closed(code, "");
            }
          });
    }

    void farewell(Map<String, Object> problem, int code, @Nullable Object i) {
      say(err(problem, i, null));
      say(FrameText.of("go").with("v", ADVICE[(code - 4000) / 100]).text());
      end(code);
    }

    private void said(Frame frame) {
      if (!open) {
        return;
      }
      heard.add(frame);
      Object i = frame.value("i");
      String channel = frame.text("ch", "");
      if (!welcome) {
        hello(frame, i);
      } else if (denied.contains(channel)) {
        say(err(problem("capability-denied", 0), i, channel));
      } else if (frame.type().equals("sub") && busy.containsKey(channel)) {
        say(err(busyFor("unavailable", busy.getOrDefault(channel, 0L)), i, channel));
      } else {
        switch (frame.type()) {
          case "sub" -> sub(frame, i, channel);
          case "unsub" -> {
            channels.remove(channel);
            say(FrameText.of("ok").with("i", i).text());
          }
          case "pub" -> pub(frame, i, channel);
          case "hist" -> hist(frame, i, channel);
          case "auth", "enter", "leave", "who" -> say(FrameText.of("ok").with("i", i).text());
          case "ping" -> say(FrameText.of("pong").text());
          case "bye" -> end(1000);
          default -> {}
        }
      }
    }

    private void hello(Frame frame, @Nullable Object i) {
      token = frame.text("token", frame.text("key", ""));
      int refusal =
          !refusals.isEmpty() ? refusals.remove(0) : refusedTokens.contains(token) ? 4310 : 0;
      if (refusal > 0) {
        farewell(problem("unavailable", (refusal - 4000) / 100), refusal, i);
        return;
      }
      welcome = true;
      say(
          FrameText.of("welcome")
              .withIf("i", i)
              .with("conn", "c" + ++connections)
              .withIf("you", frame.has("token") ? "ann" : null)
              .with("session", "s" + connections)
              .with("member", "m" + connections)
              .with("hb", heartbeat)
              .with("limits", Map.of("message", 65_536, "channels", 200))
              .text());
    }

    private void sub(Frame frame, @Nullable Object i, String channel) {
      FakeLog log = log(channel);
      Position head = log.head();
      Frame since = frame.object("since");
      FrameText reply =
          FrameText.of("subbed")
              .withIf("i", i)
              .with("ch", channel)
              .with("e", head.epoch())
              .with("o", head.offset());
      long start = Math.max(head.offset() - frame.number("rewind", 0), log.first() - 1);
      if (since != null) {
        String verdict = log.judge(since.number("e", 0), since.number("o", 0));
        boolean recovered = verdict.isEmpty();
        start = recovered ? since.number("o", 0) : head.offset();
        reply.with("recovered", recovered).withIf("why", recovered ? null : verdict);
      }
      channels.add(channel);
      say(reply.with("start", start).text());
      List<Map<String, Object>> missed = log.after(start);
      if (!missed.isEmpty()) {
        say(msg(channel, start, missed));
      }
    }

    private void pub(Frame frame, @Nullable Object i, String channel) {
      List<Object> results = new ArrayList<>();
      for (Frame item : frame.objects("m")) {
        Position known = log(channel).known(item.text("id"));
        Map<String, Object> result = new LinkedHashMap<>();
        if (known == null && !throttled.isEmpty()) {
          results.add(busyFor("message-rate", throttled.remove(0)));
          continue;
        }
        if (known == null) {
          Map<String, Object> fields = new LinkedHashMap<>();
          item.fields().forEach((key, value) -> fields.put((String) key, value));
          fields.put("by", "ann");
          known = store(channel, fields);
        } else {
          result.put("dup", true);
        }
        result.put("e", known.epoch());
        result.put("o", known.offset());
        results.add(result);
      }
      if (lostAcks > 0) {
        lostAcks--;
        end(LOST);
      } else {
        say(FrameText.of("ok").withIf("i", i).with("r", results).text());
      }
    }

    private void hist(Frame frame, @Nullable Object i, String channel) {
      FakeLog log = log(channel);
      Frame before = frame.object("before");
      Frame after = frame.object("after");
      List<Map<String, Object>> found =
          after != null
              ? log.after(after.number("o", 0))
              : log.before(before == null ? Long.MAX_VALUE : before.number("o", 0));
      int limit = (int) frame.number("limit", 100);
      List<Map<String, Object>> page = found.subList(0, Math.min(limit, found.size()));
      say(
          FrameText.of("ok")
              .withIf("i", i)
              .with("m", page)
              .with("more", found.size() > limit)
              .with("e", log.head().epoch())
              .with("o", log.head().offset())
              .text());
    }
  }
}
