package io.carillon.client.testing;

import io.carillon.client.Position;
import io.carillon.client.Retry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked about channels, and answered. Confined to the lane. */
final class Answers {
  private static final Pattern CHANNEL = Pattern.compile("#?[\\w\\-=@,.;:]{1,200}");

  /** The capabilities that frames need. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "sub", "subscribe",
          "pub", "publish",
          "eph", "publish",
          "hist", "history",
          "enter", "presence",
          "who", "presence");

  private static final Set<String> NEED_NOTHING = Set.of("unsub", "leave", "pong");

  private final Hub hub;

  Answers(Hub hub) {
    this.hub = hub;
  }

  void to(Line line, Session session, Map<String, Object> frame) {
    Object i = frame.get("i");
    String channel = Frames.text(frame, "ch", "");
    Problem problem = problem(session, frame);
    if (problem != null) {
      // without i it would say that a subscription has ended (clause 11.1)
      Object named = i == null ? null : frame.get("ch");
      hub.say(line, problem.onto(Frames.of("err", "i", i, "ch", named)));
      return;
    }
    switch (Frames.text(frame, "t", "")) {
      case "sub" -> subscribe(line, session, frame);
      case "unsub" -> {
        session.leave(channel);
        hub.roster(channel).leave(session.member);
        hub.say(line, Frames.of("ok", "i", i));
      }
      case "enter" -> {
        enter(session, channel, frame.get("d"));
        hub.say(line, Frames.of("ok", "i", i));
      }
      case "leave" -> {
        hub.roster(channel).leave(session.member);
        hub.say(line, Frames.of("ok", "i", i));
      }
      case "who" -> {
        Roster roster = hub.roster(channel);
        hub.say(line, Frames.of("ok", "i", i, "v", roster.version(), "n", roster.size()));
        snapshot(line, channel);
      }
      case "eph" -> signal(line, session, frame);
      case "pub" -> publish(line, session, frame);
      case "hist" -> history(line, frame);
      default -> {}
    }
  }

  private @Nullable Problem problem(Session session, Map<String, Object> frame) {
    String type = Frames.text(frame, "t", "");
    String needed = NEEDED.get(type);
    if (needed == null) {
      return NEED_NOTHING.contains(type) || !frame.containsKey("i")
          ? null
          : Problem.about("t: " + type, "bad-request", 40000);
    }
    String channel = Frames.text(frame, "ch");
    if (channel == null || !CHANNEL.matcher(channel).matches()) {
      return Problem.about("ch: " + channel, "channel-name-invalid", 40010);
    }
    Problem denied = hub.faults().denied.get(channel);
    if (denied != null) {
      return denied;
    }
    // clause 12.2: operations have capabilities of their own
    boolean operations =
        type.equals("pub")
            && Frames.list(frame, "m").stream().allMatch(item -> item.containsKey("op"));
    return operations || session.rights.may(needed, channel)
        ? null
        : Problem.about(needed + " " + channel, "capability-denied", 40320);
  }

  /** Clauses 4.1 to 4.3. */
  private void subscribe(Line line, Session session, Map<String, Object> frame) {
    String channel = Frames.text(frame, "ch", "");
    TestLog log = hub.log(channel);
    Position head = log.head();
    Position since = Frames.position(frame, "since");
    String verdict = since == null ? null : log.judge(since);
    List<Map<String, Object>> items =
        log.rewound(since == null ? Frames.number(frame, "rewind", 0) : 0);
    long start = items.isEmpty() ? head.offset() : TestLog.offsetOf(items.get(0)) - 1;
    if (since != null && verdict == null) {
      start = since.offset();
      items = log.after(start);
    }
    session.channels.add(channel);
    Map<String, Object> subbed = Frames.of("subbed", "i", frame.get("i"), "ch", channel);
    Frames.put(subbed, "e", head.epoch(), "o", head.offset(), "start", start);
    Frames.put(subbed, "recovered", since == null ? null : verdict == null, "why", verdict);
    hub.say(line, subbed);
    if (!items.isEmpty()) {
      hub.say(line, hub.push(channel, start, items));
    }
    follow(line, session, frame, channel);
  }

  private void follow(Line line, Session session, Map<String, Object> frame, String channel) {
    Object presence = frame.get("presence");
    session.following.remove(channel);
    Frames.put(session.following, channel, presence);
    if (frame.containsKey("enter")) {
      enter(session, channel, frame.get("enter"));
    }
    if (Boolean.TRUE.equals(presence)) {
      snapshot(line, channel);
    } else if ("count".equals(presence)) {
      hub.say(line, Frames.of("pres", "ch", channel, "n", hub.roster(channel).size()));
    }
  }

  private void enter(Session session, String channel, @Nullable Object data) {
    hub.roster(channel)
        .enter(session.member, Frames.object("id", session.rights.clientId(), "d", data));
  }

  private void snapshot(Line line, String channel) {
    hub.roster(channel).snapshot().forEach(page -> hub.say(line, page));
  }

  /** Clause 11.2. */
  private void signal(Line line, Session session, Map<String, Object> frame) {
    String channel = Frames.text(frame, "ch", "");
    List<Map<String, Object>> items = new ArrayList<>();
    for (Map<String, Object> item : Frames.list(frame, "m")) {
      items.add(Frames.put(item, "member", session.member, "by", session.rights.clientId()));
    }
    Map<String, Object> push = Frames.of("eph", "ch", channel, "m", items);
    hub.sessions()
        .forEach(
            (other, its) -> {
              if (other != line && its.channels.contains(channel)) {
                hub.say(other, push);
              }
            });
  }

  /** Clauses 5.1 and 5.2. */
  private void publish(Line line, Session session, Map<String, Object> frame) {
    String channel = Frames.text(frame, "ch", "");
    List<Map<String, Object>> results = new ArrayList<>();
    for (Map<String, Object> item : Frames.list(frame, "m")) {
      results.add(result(session.rights, channel, item));
    }
    if (hub.faults().losesAck()) {
      hub.end(line, Line.LOST, "");
    } else {
      hub.say(line, Frames.of("ok", "i", frame.get("i"), "r", results));
    }
  }

  private Map<String, Object> result(Rights who, String channel, Map<String, Object> item) {
    TestLog log = hub.log(channel);
    Position known = log.known(Frames.text(item, "id"));
    if (known != null) {
      return Frames.object("e", known.epoch(), "o", known.offset(), "dup", true);
    }
    Long after = hub.faults().throttled.poll();
    if (after != null) {
      Problem busy = Problem.of("message-rate", 42904, Retry.LATER);
      return Frames.put(busy.onto(new LinkedHashMap<>()), "after", after);
    }
    Problem problem = item.containsKey("op") ? operate(who, channel, item) : check(item);
    if (problem != null) {
      return problem.onto(new LinkedHashMap<>());
    }
    Frames.put(item, "ts", hub.lane().millis(), "by", who.clientId());
    Position head = hub.store(channel, item);
    return Frames.object("e", head.epoch(), "o", head.offset());
  }

  private static @Nullable Problem check(Map<String, Object> item) {
    String name = Frames.text(item, "n", "");
    return name.startsWith("pusher:") || name.startsWith("pusher_internal:")
        ? Problem.about("n: " + name, "event-name-invalid", 40011)
        : null;
  }

  /** Clauses 12.1 to 12.3; an operation has its message's name. */
  private @Nullable Problem operate(Rights who, String channel, Map<String, Object> item) {
    String operation = Frames.text(item, "op", "");
    String ref = Frames.text(item, "ref", "");
    Map<String, Object> target = null;
    for (Map<String, Object> message : hub.log(channel).messages()) {
      target = ref.equals(message.get("id")) ? message : target;
    }
    String detail = operation + " " + ref;
    boolean any = who.may("message-update-any", channel);
    if (!any && !who.may("message-update-own", channel)) {
      return Problem.about(detail, "capability-denied", 40320);
    }
    if (target == null || target.containsKey("del")) {
      return Problem.about(detail, "target-unknown", 40411);
    }
    if (!any && (who.clientId() == null || !who.clientId().equals(target.get("by")))) {
      return Problem.about(detail, "capability-denied", 40320);
    }
    if (operation.equals("append") && !Whole.joins(target, item)) {
      return Problem.about(detail, "operation-invalid", 40025);
    }
    item.putIfAbsent("n", Frames.text(target, "n", ""));
    return null;
  }

  /** Clauses 6.1 and 6.2. */
  private void history(Line line, Map<String, Object> frame) {
    TestLog log = hub.log(Frames.text(frame, "ch", ""));
    TestLog.Slice slice =
        log.read(
            Frames.number(frame, "limit", 100),
            Frames.position(frame, "before"),
            Frames.position(frame, "after"));
    Map<String, Object> page = Frames.of("ok", "i", frame.get("i"), "m", slice.items());
    Position head = log.head();
    hub.say(line, Frames.put(page, "more", slice.more(), "e", head.epoch(), "o", head.offset()));
  }
}
