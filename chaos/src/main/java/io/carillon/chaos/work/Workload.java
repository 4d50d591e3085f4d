package io.carillon.chaos.work;

import io.carillon.chaos.check.Acked;
import io.carillon.chaos.check.Journal;
import io.carillon.chaos.check.Past;
import io.carillon.chaos.check.Violation;
import io.carillon.chaos.check.Violation.Promise;
import io.carillon.chaos.cluster.Cluster;
import io.carillon.chaos.cluster.NodeProcess;
import io.carillon.chaos.cluster.Waiting;
import io.carillon.client.Carillon;
import io.carillon.client.CarillonServer;
import io.carillon.client.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The clients of one cell: publishers over HTTP and over sockets, subscribers that are present,
 * members that go away for good, and those who watch the members. Confined to the suite's thread.
 */
public final class Workload implements AutoCloseable {
  private static final int SUBSCRIBERS = 6;
  private static final int REST_PUBLISHERS = 4;
  private static final int REST_PAUSE_MILLIS = 18;
  private static final int SOCKET_PUBLISHERS = 4;

  /** Below what an application's limits allow a client. */
  private static final int SOCKET_PAUSE_MILLIS = 160;

  private static final int OBSERVERS = 2;
  private static final int MEMBERS = 2;
  private static final Duration BEGIN_MAX = Duration.ofSeconds(20);
  private static final Duration STOP_MAX = Duration.ofSeconds(60);

  private final Cluster cluster;
  private final Names names;
  private final Random random;
  private final Notebook notebook = new Notebook();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Observer> observers = new ArrayList<>();
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Deque<Runnable> open = new ArrayDeque<>();

  public Workload(Cluster cluster, Names names, Random random) {
    this.cluster = cluster;
    this.names = names;
    this.random = random;
  }

  public Notebook notebook() {
    return notebook;
  }

  public Names names() {
    return names;
  }

  public List<String> channels() {
    return Stream.concat(names.hot().stream(), names.kept().stream()).toList();
  }

  /**
   * Everybody is subscribed and present, and watched, before the first message is sent.
   *
   * @param home the node that those come by who will go away
   */
  public void begin(NodeProcess home) throws Exception {
    for (int i = 0; i < OBSERVERS; i++) {
      observers.add(
          opened(
              new Observer("observer-" + i, cluster.front().port(), names.room()),
              Observer::close));
    }
    require("observers", () -> observers.stream().allMatch(Observer::isSynced));
    for (int i = 0; i < SUBSCRIBERS; i++) {
      subscribers.add(
          opened(new Subscriber("subscriber-" + i, cluster.front().url()), Subscriber::close));
    }
    for (Subscriber subscriber : subscribers) {
      subscriber.begin(channels(), names.room(), notebook, BEGIN_MAX);
    }
    for (int i = 0; i < MEMBERS; i++) {
      members.add(opened(Member.enter("member-" + i, home.port(), names.room()), Member::close));
    }
    Set<String> all = Stream.concat(staying().stream(), leaving().stream()).collect(set());
    require(
        "presence of all",
        () -> observers.stream().allMatch(each -> each.roster().present().equals(all)));
    beginPublishing();
  }

  private void require(String what, BooleanSupplier happened) {
    if (!Waiting.until(BEGIN_MAX, happened)) {
      throw new IllegalStateException("no " + what + " within " + BEGIN_MAX);
    }
  }

  private static Collector<String, ?, Set<String>> set() {
    return Collectors.toSet();
  }

  private void beginPublishing() {
    List<CarillonServer> servers =
        cluster.apis().stream().map(api -> Access.server(api.url())).toList();
    for (int i = 0; i < REST_PUBLISHERS; i++) {
      publish(task("rest-" + i, channels(), REST_PAUSE_MILLIS), Publisher.rest(servers));
    }
    for (int i = 0; i < SOCKET_PUBLISHERS; i++) {
      String name = "socket-" + i;
      Carillon client =
          opened(
              Carillon.connect(
                  cluster.front().url(),
                  options -> options.token(ask -> Access.token(name)).httpClient(Access.http())),
              Carillon::close);
      publish(task(name, channels(), SOCKET_PAUSE_MILLIS), Publisher.socket(client));
    }
  }

  private Publisher.Task task(String name, List<String> channels, int pauseMillis) {
    return new Publisher.Task(name, channels, pauseMillis, new Random(random.nextLong()));
  }

  /** One more publisher, for channels beside the usual ones. */
  public void publishTo(String name, List<String> channels, int pauseMillis) {
    List<CarillonServer> servers =
        cluster.apis().stream().map(api -> Access.server(api.url())).toList();
    publish(task(name, channels, pauseMillis), Publisher.rest(servers));
  }

  private void publish(Publisher.Task task, Publisher.Door door) {
    Publisher publisher = new Publisher(task, door, notebook);
    publishers.add(publisher);
    threads.add(Thread.ofVirtual().name(task.name()).start(publisher));
  }

  private <T> T opened(T part, Consumer<T> close) {
    open.push(() -> close.accept(part));
    return part;
  }

  /** Those that do not come back lose their connection; if their node did not take it. */
  public void dropMembers() {
    members.forEach(Member::close);
  }

  /**
   * How long after a moment every subscriber had a message, on every channel, that was sent after
   * it; empty when that did not happen in time.
   */
  public Optional<Duration> awaitFlow(long nanos, Duration most) {
    boolean flows =
        Waiting.until(
            most.minusNanos(System.nanoTime() - nanos),
            () -> usual().allMatch(journal -> notebook.firstSentAfter(journal, nanos) > 0));
    return flows
        ? usual()
            .map(journal -> Duration.ofNanos(notebook.firstSentAfter(journal, nanos) - nanos))
            .max(Duration::compareTo)
        : Optional.empty();
  }

  private Stream<Journal> usual() {
    return notebook.journals().stream();
  }

  /** What has begun is finished first. */
  public void stopPublishing() throws InterruptedException {
    publishers.forEach(Publisher::stop);
    long end = System.nanoTime() + STOP_MAX.toNanos();
    for (Thread thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
  }

  /** Whether every subscriber came to the newest acknowledged message in time. */
  public boolean awaitCaughtUp(Duration most) {
    Map<String, Position> tops = tops();
    return Waiting.until(
        most,
        () ->
            usual()
                .allMatch(
                    journal -> {
                      Position top = tops.get(journal.channel());
                      return top == null || journal.newest().compareTo(top) >= 0;
                    }));
  }

  Map<String, Position> tops() {
    return notebook.acked().stream()
        .collect(
            Collectors.toMap(
                Acked::channel, Acked::position, (one, two) -> one.compareTo(two) > 0 ? one : two));
  }

  /** Every channel's past, from either node with the API in turn. */
  public List<Past> histories() throws InterruptedException {
    List<Past> pasts = new ArrayList<>();
    for (String channel : channels()) {
      String url = cluster.apis().get(pasts.size() % cluster.apis().size()).url();
      try {
        pasts.add(new Histories(url).read(channel));
      } catch (IOException e) {
        notebook.violate(Promise.HISTORY_AGREES, channel + ": " + e.getMessage());
      }
    }
    return pasts;
  }

  private Set<String> staying() {
    return subscribers.stream().map(Subscriber::name).collect(set());
  }

  private Set<String> leaving() {
    return members.stream().map(Member::name).collect(set());
  }

  /**
   * Whether those who watched all the time, and somebody new on each node, see who is there, and
   * nothing happened twice.
   *
   * @param until by the suite's clock
   */
  public List<Violation> presence(long until) {
    List<Observer> fresh = new ArrayList<>();
    for (NodeProcess edge : cluster.edges()) {
      fresh.add(
          opened(
              new Observer("a new one at " + edge.name(), edge.port(), names.room()),
              Observer::close));
    }
    Set<String> expected = staying();
    Stream.concat(observers.stream(), fresh.stream())
        .forEach(
            observer ->
                Waiting.until(
                    Duration.ofNanos(Math.max(0, until - System.nanoTime())),
                    () -> observer.isSynced() && observer.roster().present().equals(expected)));
    List<Violation> found = new ArrayList<>();
    observers.forEach(each -> found.addAll(each.roster().violations(expected, leaving())));
    for (Observer each : fresh) {
      if (!each.isSynced() || !each.roster().present().equals(expected)) {
        found.add(
            new Violation(
                Promise.PRESENCE,
                "%s sees %s (expected: %s)"
                    .formatted("a fresh observer", each.roster().present(), expected)));
      }
    }
    return found;
  }

  @Override
  public void close() {
    publishers.forEach(Publisher::stop);
    threads.forEach(Thread::interrupt);
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
