package io.carillon.client.testing;

import io.carillon.client.Position;
import io.carillon.client.internal.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections and channels in memory, and who is told what: sections 2 to 8 of the protocol.
 * Confined to the lane.
 */
final class Hub {
  private static final String SECRET = "secret-";

  private final Lane lane;
  private final TestServerOptions options;
  private final Faults faults = new Faults();
  private final Answers answers = new Answers(this);
  private final List<Map<String, Object>> heard = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final Map<Line, Session> sessions = new LinkedHashMap<>();
  private final Map<String, TestLog> logs = new HashMap<>();
  private final Map<String, Roster> rosters = new HashMap<>();
  private int connections;

  Hub(Lane lane, TestServerOptions options) {
    this.lane = lane;
    this.options = options;
  }

  Lane lane() {
    return lane;
  }

  Faults faults() {
    return faults;
  }

  /** What clients said, in order, as they said it. */
  List<Map<String, Object>> heard() {
    return heard;
  }

  Map<Line, Session> sessions() {
    return sessions;
  }

  Iterable<TestLog> logs() {
    return logs.values();
  }

  TestLog log(String channel) {
    return logs.computeIfAbsent(channel, absent -> new TestLog());
  }

  Roster roster(String channel) {
    return rosters.computeIfAbsent(
        channel, absent -> new Roster(channel, lane, frame -> tellPresence(channel, frame)));
  }

  private void tellPresence(String channel, Map<String, Object> frame) {
    if (faults.skipsPresence()) {
      return;
    }
    Map<String, Object> count = Frames.of("pres", "ch", channel, "n", roster(channel).size());
    sessions.forEach(
        (line, session) -> {
          Object mode = session.following.get(channel);
          if (mode != null) {
            say(line, mode.equals("count") ? count : frame);
          }
        });
  }

  void opened(Line line) {
    lines.add(line);
    line.opened();
  }

  /** All connections, also those that said nothing yet. */
  List<Line> lines() {
    return List.copyOf(lines);
  }

  void left(Line line) {
    lines.remove(line);
    Session session = sessions.remove(line);
    if (session != null
        && sessions.values().stream().noneMatch(other -> other.member.equals(session.member))) {
      rosters.values().forEach(roster -> roster.lost(session.member));
    }
  }

  /** The item that is kept is told to whoever is subscribed. */
  Position store(String channel, Map<String, Object> fields) {
    Map<String, Object> stored = log(channel).append(fields);
    Position head = log(channel).head();
    if (!faults.skips()) {
      tell(channel, push(channel, head.offset() - 1, List.of(stored)));
    }
    return head;
  }

  /** Clause 3.3: up to the newest position. */
  Map<String, Object> push(String channel, long from, List<Map<String, Object>> items) {
    Position head = log(channel).head();
    return Frames.of(
        "msg", "ch", channel, "e", head.epoch(), "f", from, "o", head.offset(), "m", items);
  }

  void tell(String channel, Map<String, Object> frame) {
    sessions.forEach(
        (line, session) -> {
          if (session.channels.contains(channel)) {
            say(line, frame);
          }
        });
  }

  void say(Line line, Map<String, Object> frame) {
    if (!faults.mute) {
      line.say(frame);
    }
  }

  void end(Line line, int code, String reason) {
    left(line);
    line.end(code, reason);
  }

  /** Clause 7.3. */
  void farewell(Line line, Problem problem, @Nullable Object i, int code) {
    line.say(problem.onto(Frames.of("err", "i", i)));
    line.say(Frames.of("go", "v", problem.advice(), "why", problem.message()));
    end(line, code, problem.message());
  }

  private void farewell(Line line, Problem problem, @Nullable Object i) {
    farewell(line, problem, i, problem.closeCode());
  }

  /** A message of a client. */
  void said(Line line, String message) {
    try {
      for (Map<String, Object> frame : Frames.read(message)) {
        if (line.isOpen()) {
          said(line, frame);
        }
      }
    } catch (IllegalArgumentException notJson) {
      if (line.isOpen()) {
        farewell(line, Problem.of("malformed-frame", 40001), null);
      }
    }
  }

  private void said(Line line, Map<String, Object> frame) {
    heard.add(frame);
    Session session = sessions.get(line);
    if (session == null) {
      hello(line, frame);
      return;
    }
    switch (Frames.text(frame, "t", "")) {
      case "auth" -> auth(line, session, frame);
      case "ping" -> say(line, Frames.of("pong"));
      case "bye" -> {
        // clause 10.4
        rosters.values().forEach(roster -> roster.leave(session.member));
        end(line, 1000, "");
      }
      default -> answers.to(line, session, frame);
    }
  }

  /** Clauses 2.1 to 2.4. */
  private void hello(Line line, Map<String, Object> frame) {
    Object i = frame.get("i");
    if (!"hello".equals(frame.get("t"))) {
      farewell(line, Problem.of("hello-missing", 40104), i);
      return;
    }
    String token = Frames.text(frame, "token");
    String credentials = token == null ? Frames.text(frame, "key", "") : token;
    Faults.Refusal refusal = faults.refusals.poll();
    Faults.Refusal refused = refusal == null ? faults.refusedTokens.get(credentials) : refusal;
    if (refused != null) {
      farewell(line, refused.problem(), i, refused.code());
      return;
    }
    Rights rights = token == null ? ofKey(credentials) : ofToken(token);
    if (rights == null) {
      farewell(
          line,
          token == null ? Problem.of("app-unknown", 40400) : Problem.of("token-invalid", 40110),
          i);
      return;
    }
    welcome(line, frame, credentials, rights);
  }

  private void welcome(Line line, Map<String, Object> hello, String credentials, Rights rights) {
    String id = ++connections + ".1";
    String presented = Frames.text(hello, "session", "");
    String secret = presented.startsWith(SECRET) ? presented : SECRET + id;
    String member = "member-" + secret.substring(SECRET.length());
    sessions.put(line, new Session(secret, member, credentials, rights));
    say(
        line,
        Frames.of(
            "welcome",
            "i",
            hello.getOrDefault("i", 0),
            "conn",
            id,
            "session",
            secret,
            "member",
            member,
            "you",
            rights.clientId(),
            "hb",
            options.heartbeatMillis,
            "limits",
            Map.of("message", 65_536, "channels", 200)));
  }

  private @Nullable Rights ofKey(String key) {
    return options.key == null || options.key.equals(key) ? Rights.OF_KEY : null;
  }

  private @Nullable Rights ofToken(String token) {
    return Rights.ofToken(token, options.clientIds.apply(token).orElse(null)).orElse(null);
  }

  /** Clause 2.6. */
  private void auth(Line line, Session session, Map<String, Object> frame) {
    Object i = frame.get("i");
    String token = Frames.text(frame, "token", "");
    Rights rights = ofToken(token);
    if (rights == null || !java.util.Objects.equals(rights.clientId(), session.rights.clientId())) {
      say(line, Problem.of("token-invalid", 40110).onto(Frames.of("err", "i", i)));
      return;
    }
    session.credentials = token;
    session.rights = rights;
    for (String channel : List.copyOf(session.channels)) {
      if (!rights.may("subscribe", channel)) {
        session.leave(channel);
        say(line, Problem.of("capability-denied", 40320).onto(Frames.of("err", "ch", channel)));
      }
    }
    say(line, Frames.of("ok", "i", i));
  }
}
