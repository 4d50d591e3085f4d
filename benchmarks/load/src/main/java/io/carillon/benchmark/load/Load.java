package io.carillon.benchmark.load;

import io.carillon.benchmark.measure.Latencies;
import io.carillon.benchmark.profile.Payload;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.profile.Profile.Counting;
import io.carillon.benchmark.profile.Profile.Request;
import io.carillon.benchmark.profile.Profile.Step;
import io.carillon.benchmark.profile.Template;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The load on one system: connections, topics, what was counted. All of it is confined to one event
 * loop; the public methods may be called from any other thread and wait for it.
 */
public final class Load implements AutoCloseable {
  /** All connections read into buffers of this size, one after the other into the same one. */
  private static final int READ_BYTES = 128 * 1024;

  private static final int WAIT_SECONDS_MAX = 120;

  private final Surroundings surroundings;
  private final EventLoopGroup group;
  private final HttpPublisher publisher;
  private final List<Member> members = new ArrayList<>();
  private final ArrayDeque<Supplier<Member>> toConnect = new ArrayDeque<>();
  private final Map<String, String> captured = new HashMap<>();
  private final Map<String, List<Step>> steps = new HashMap<>();
  private final Template aliveAnswer;
  private final byte[] aliveAsk;
  private final byte[] refusal;
  private final byte[] moreExpected;
  private final Template more;
  private @Nullable CompletableFuture<Void> allOpen;
  private int awaited;
  private int open;
  private int lost;
  private long refusedOnSockets;
  private String loss = "";
  private long delivered;
  private long sequence;
  private boolean recording;
  private Counting counting;
  private int countedFrom;
  private final boolean leavesOutPublishers;

  public Load(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.publisher = new HttpPublisher(surroundings.payload(), surroundings.signing());
    Profile profile = surroundings.profile();
    this.leavesOutPublishers = profile.text("publish.echo").equals("no");
    this.counting = profile.counting();
    this.countedFrom = surroundings.payload().bytes();
    this.aliveAsk = profile.text("alive.ask").getBytes(StandardCharsets.ISO_8859_1);
    this.aliveAnswer = new Template(profile.text("alive.answer"));
    this.more = new Template(profile.text("more.send"));
    this.moreExpected = profile.text("more.expect").getBytes(StandardCharsets.ISO_8859_1);
    this.refusal = profile.text("open.refused").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether the kernel's own event notification is used. */
  public static boolean isNative() {
    return Epoll.isAvailable();
  }

  // what a scenario asks for

  /** A channel to which a message is published by HTTP, or by its members when that is null. */
  public Topic topic(String channel, @Nullable Request publish) {
    return topic(List.of(channel), publish);
  }

  /** Several that have the same subscribers. */
  public Topic topic(List<String> channels, @Nullable Request publish) {
    return new Topic(this, channels.stream().map(channel -> target(channel, publish)).toList());
  }

  private Topic.Target target(String channel, @Nullable Request publish) {
    Map<String, String> values = new HashMap<>(surroundings.values());
    values.put("channel", channel);
    Template frame = profile().publishBySocket();
    return new Topic.Target(
        channel,
        frame == null ? null : frame.bind(values),
        publish == null ? null : HttpPublisher.Prepared.of(publish, values, payload()));
  }

  /** Opens connections for publishing by HTTP. */
  public void publishers(int connections) {
    run(
        () -> {
          for (int i = 0; i < connections; i++) {
            connectPublisher();
          }
          return connections;
        });
  }

  private void connectPublisher() {
    if (group.isShuttingDown()) {
      return;
    }
    HttpConnection connection = new HttpConnection(publisher, this::connectPublisher);
    connect(connection, surroundings.ports().getFirst());
  }

  /**
   * Connects and subscribes, and returns when all are subscribed.
   *
   * @param topics one for each connection
   * @param steps the group of steps of the profile that each goes through
   * @param atOnce connections that are being opened at the same time
   * @throws IllegalStateException when one fails
   */
  public void subscribe(List<Topic> topics, String steps, int atOnce) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    run(
        () -> {
          awaited = topics.size();
          allOpen = all;
          for (Topic topic : topics) {
            toConnect.addLast(() -> member(topic, steps));
          }
          for (int i = 0; i < atOnce; i++) {
            connectNext();
          }
          return awaited;
        });
    join(all);
  }

  /**
   * Has the subscribers of these topics subscribe to their channels behind the first one as well,
   * and returns when they are.
   */
  public void subscribeToAll(List<Topic> topics) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    run(
        () -> {
          Subscribing subscribing = new Subscribing(topics, all);
          subscribing.begin();
          return true;
        });
    join(all);
  }

  /** Cuts the connections of these topics' subscribers. */
  public void cut(List<Topic> topics) {
    run(
        () -> {
          for (Topic topic : topics) {
            open -= topic.members().size();
            topic.members().forEach(Member::close);
            topic.members().clear();
          }
          return true;
        });
  }

  /** Has subscribers join and leave their channel's presence at this rate, one after the other. */
  public Churn churn(Topic topic, double perSecond) {
    Churn churn = new Churn(topic, perSecond);
    run(
        () -> {
          churn.start(group.next());
          return true;
        });
    return churn;
  }

  private Member member(Topic topic, String group) {
    Member member = new Member(this, topic, members.size(), group);
    members.add(member);
    topic.add(member);
    return member;
  }

  private void connectNext() {
    Supplier<Member> next = toConnect.pollFirst();
    if (next != null) {
      Member member = next.get();
      connect(member, portFor(members.size() - 1));
    }
  }

  private int portFor(int number) {
    return surroundings.ports().get(number % surroundings.ports().size());
  }

  private void connect(ChannelHandler handler, int port) {
    new Bootstrap()
        .group(group)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_LINGER, 0)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(handler);
              }
            })
        .connect("127.0.0.1", port)
        .addListener(
            result -> {
              if (!result.isSuccess()) {
                lost(String.valueOf(result.cause()), false);
              }
            });
  }

  /** Has every n-th subscriber record how old the messages are that it gets. */
  public void record(Latencies into, int everyNth) {
    run(
        () -> {
          recording = true;
          for (int i = 0; i < members.size(); i += everyNth) {
            members.get(i).scanner().record(into);
          }
          return true;
        });
  }

  /** Connections that are made from now on count by markers, whatever the profile says. */
  public void countMarkers() {
    count(Counting.MARKERS, payload().bytes());
  }

  /** Connections that are made from now on count so, and no shorter frames than that. */
  public void count(Counting by, int bytesMin) {
    run(
        () -> {
          counting = by;
          countedFrom = bytesMin;
          return true;
        });
  }

  /** Forgets what was recorded so far. */
  public void clear(Latencies recorded) {
    run(
        () -> {
          recorded.clear();
          return true;
        });
  }

  /** Keeps messages under way in each of the topics until {@link #stop}. */
  public void keepUnderWay(List<Topic> topics, int window, int batch) {
    run(
        () -> {
          topics.forEach(topic -> topic.keepUnderWay(window, batch));
          return true;
        });
  }

  public void stop(List<Topic> topics) {
    run(
        () -> {
          topics.forEach(Topic::stop);
          return true;
        });
  }

  /**
   * Every publishing connection publishes as fast as it is answered, until it is called with null.
   */
  public void flood(@Nullable Topic topic) {
    run(
        () -> {
          publisher.flood(topic);
          return true;
        });
  }

  /** Publishes at this rate, whether the server keeps up or not; a stamp says when it was due. */
  public Pace pace(Topic topic, double perSecond) {
    Pace pace = new Pace(topic, perSecond);
    run(
        () -> {
          pace.start(group.next());
          return true;
        });
    return pace;
  }

  /** Publishes so many messages, one after the other. */
  public void publish(Topic topic, int messages) {
    run(
        () -> {
          for (int i = 0; i < messages; i++) {
            topic.publish(now());
          }
          return true;
        });
  }

  /** Messages that were under way and are not waited for any more. */
  public long giveUp(List<Topic> topics) {
    return run(() -> topics.stream().mapToLong(Topic::giveUp).sum());
  }

  public Counters counters() {
    return run(
        () ->
            new Counters(
                System.nanoTime(),
                delivered,
                publisher.accepted(),
                publisher.refused() + refusedOnSockets,
                open,
                lost,
                publisher.lastRefusal().isEmpty() ? loss : publisher.lastRefusal()));
  }

  private <T> T run(Callable<T> step) {
    CompletableFuture<T> done = new CompletableFuture<>();
    group
        .next()
        .execute(
            () -> {
              try {
                done.complete(step.call());
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            });
    return join(done);
  }

  private <T> T join(CompletableFuture<T> future) {
    try {
      return future.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause()), e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(
          "still " + awaited + " to open after " + WAIT_SECONDS_MAX + " s; last loss: " + loss, e);
    }
  }

  @Override
  public void close() {
    run(
        () -> {
          toConnect.clear();
          members.forEach(Member::close);
          return true;
        });
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  // what connections and topics ask for

  Profile profile() {
    return surroundings.profile();
  }

  Payload payload() {
    return surroundings.payload();
  }

  boolean leavesOutPublishers() {
    return leavesOutPublishers;
  }

  Counting counting() {
    return counting;
  }

  int countedFrom() {
    return countedFrom;
  }

  HttpPublisher publisher() {
    return publisher;
  }

  List<Step> steps(String group) {
    return steps.computeIfAbsent(group, profile()::steps);
  }

  String handshake(String channel, int number) {
    return surroundings.handshake(channel, number);
  }

  Map<String, String> valuesFor(String channel, int number, Map<String, String> own) {
    Map<String, String> all = new HashMap<>(captured);
    all.putAll(own);
    return surroundings.valuesFor(channel, number, all);
  }

  byte[] aliveAsk() {
    return aliveAsk;
  }

  Template aliveAnswer() {
    return aliveAnswer;
  }

  byte[] refusal() {
    return refusal;
  }

  /** What subscribes an open connection to one more channel. */
  Template more() {
    return more;
  }

  byte[] moreExpected() {
    return moreExpected;
  }

  /** A server said no on a connection that is open. */
  void refused(String answer) {
    refusedOnSockets++;
    loss = answer;
  }

  long now() {
    return System.nanoTime();
  }

  /** Only asked for when somebody records. */
  long readAt() {
    return recording ? System.nanoTime() : 0;
  }

  long nextSequence() {
    return sequence++;
  }

  void delivered(int messages) {
    delivered += messages;
  }

  /** What one connection was told, for those that come later. */
  void captured(String name, String value) {
    captured.put(name, value);
  }

  void opened(Member member) {
    open++;
    awaited--;
    if (awaited == 0 && allOpen != null) {
      allOpen.complete(null);
    }
    connectNext();
  }

  void lost(String why, boolean wasOpen) {
    lost++;
    loss = why;
    if (wasOpen) {
      open--;
    } else if (allOpen != null) {
      allOpen.completeExceptionally(new IllegalStateException("a connection failed: " + why));
    }
  }
}
