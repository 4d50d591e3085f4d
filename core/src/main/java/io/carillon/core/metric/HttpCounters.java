package io.carillon.core.metric;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What a process counts of its HTTP requests, by kind of route. Thread-safe. */
public final class HttpCounters {
  private final Tallies<Answered> answered = new Tallies<>();
  private final Map<Route, Histogram> durations = new EnumMap<>(Route.class);

  public HttpCounters() {
    for (Route route : Route.values()) {
      durations.put(route, new Histogram());
    }
  }

  /** Kinds of routes: few, whatever paths are asked for. */
  public enum Route {
    /** Publishing by {@code /v1}. */
    PUBLISH,
    /** Channels, history, members, rules, users and permissions by {@code /v1}. */
    CHANNELS,
    TOKENS,
    /** What connections without a WebSocket need: polls, tickets, what is sent up. */
    FALLBACK,
    /** Publishing by Pusher's API. */
    PUSHER_EVENTS,
    /** The rest of Pusher's API. */
    PUSHER,
    CONSOLE,
    OPERATOR,
    HEALTH,
    METRICS,
    /** Pages, and whatever there is not. */
    PAGES;

    /** The kind of a path without its query. */
    public static Route of(String path, boolean isPost) {
      if (path.startsWith("/v1/")) {
        return ofV1(path, isPost);
      }
      if (path.startsWith("/apps/")) {
        return isPost && path.endsWith("events") ? PUSHER_EVENTS : PUSHER;
      }
      if (path.startsWith("/pusher/")) {
        return FALLBACK;
      }
      if (path.equals("/health") || path.startsWith("/health/")) {
        return HEALTH;
      }
      return path.equals("/metrics") ? METRICS : PAGES;
    }

    private static Route ofV1(String path, boolean isPost) {
      if (path.startsWith("/v1/console")) {
        return CONSOLE;
      }
      if (isPost && path.endsWith("/messages")) {
        return PUBLISH;
      }
      if (path.startsWith("/v1/operator")) {
        return OPERATOR;
      }
      if (path.startsWith("/v1/poll")
          || path.startsWith("/v1/up")
          || path.startsWith("/v1/tickets")) {
        return FALLBACK;
      }
      return path.startsWith("/v1/tokens") ? TOKENS : CHANNELS;
    }
  }

  private record Answered(Route route, int status) implements Comparable<Answered> {
    @Override
    public int compareTo(Answered other) {
      int byRoute = route.compareTo(other.route);
      return byRoute == 0 ? Integer.compare(status, other.status) : byRoute;
    }
  }

  /** A request was answered. */
  public void answered(Route route, int status, long nanos) {
    answered.add(new Answered(route, status));
    Objects.requireNonNull(durations.get(route)).record(nanos);
  }

  /** Writes all of it down. */
  public void read(Readings into) {
    answered
        .read()
        .forEach(
            (answer, count) ->
                into.add(
                    Metric.HTTP_REQUESTS_TOTAL,
                    count,
                    Readings.word(answer.route()),
                    String.valueOf(answer.status())));
    durations.forEach(
        (route, took) -> into.add(Metric.HTTP_REQUEST_SECONDS, took, Readings.word(route)));
  }
}
