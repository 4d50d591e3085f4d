package io.carillon.benchmark.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.benchmark.load.Load;
import io.carillon.benchmark.load.Surroundings;
import io.carillon.benchmark.load.Topic;
import io.carillon.benchmark.measure.ProcFiles;
import io.carillon.benchmark.profile.Payload;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.profile.Profile.Request;
import io.carillon.benchmark.profile.Signing;
import io.carillon.benchmark.system.RunningSystem;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One system with one load on it, for one run of a scenario. Confined to one thread. */
public final class Bench implements AutoCloseable {
  private static final Payload PAYLOAD = new Payload(128);

  /** Connections over which messages are published by HTTP. */
  static final int PUBLISHERS = 32;

  private static final int SETTLE_MILLIS = 1_000;

  /** Connections that are being opened at the same time. */
  static final int OPENING = 64;

  private final RunningSystem system;
  private final Load load;
  private final Settings settings;
  private int channels;

  public Bench(RunningSystem system, Settings settings) {
    this.system = system;
    this.settings = settings;
    this.load = load(system, system.values());
  }

  private static Load load(RunningSystem system, Map<String, String> values) {
    return new Load(
        new Surroundings(
            system.profile(),
            system.ports(),
            PAYLOAD,
            new Signing(
                Objects.requireNonNull(values.get("key")),
                Objects.requireNonNull(values.get("secret"))),
            values));
  }

  /**
   * One more load on the system, with an application of its own; the caller closes it.
   *
   * @param prefix of the profile's names of its app, key and secret
   */
  Load loadOf(String prefix) {
    Map<String, String> values = new HashMap<>(system.values());
    for (String name : List.of("app", "key", "secret")) {
      values.put(name, profile().text(prefix + name));
    }
    byte[] basic = (values.get("key") + ":" + values.get("secret")).getBytes(UTF_8);
    values.put("basic", Base64.getEncoder().encodeToString(basic));
    return load(system, values);
  }

  public Settings settings() {
    return settings;
  }

  RunningSystem system() {
    return system;
  }

  public Profile profile() {
    return system.profile();
  }

  public Load load() {
    return load;
  }

  /** A new channel; all have names of one length. */
  Topic topic(String prefix, @Nullable Request publish) {
    return load.topic(prefix + "c%05d".formatted(++channels), publish);
  }

  public Topic topic(@Nullable Request publish) {
    return topic(profile().text("channel.prefix"), publish);
  }

  /** Channels with names of their own that have the same subscribers. */
  Topic topicOf(List<String> channels, @Nullable Request publish) {
    return load.topic(channels, publish);
  }

  /** So many names of channels; the same ones again when they begin at the same number. */
  List<String> names(int first, int number) {
    String prefix = profile().text("channel.prefix");
    return IntStream.range(first, first + number)
        .mapToObj(i -> prefix + "m%06d".formatted(i))
        .toList();
  }

  List<Topic> topics(int number, @Nullable Request publish) {
    List<Topic> topics = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      topics.add(topic(publish));
    }
    return topics;
  }

  /** Subscribes so many connections to each of the topics. */
  void subscribe(List<Topic> topics, int each) {
    List<Topic> all = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      all.addAll(topics);
    }
    load.subscribe(all, "open", OPENING);
  }

  /** Has connections come and go in waves, as long as a warm-up is. */
  void waves(List<Topic> topics, int each) {
    long end = System.nanoTime() + settings.warmUpMillis() * 1_000_000L;
    do {
      subscribe(topics, each);
      load.cut(topics);
    } while (System.nanoTime() - end < 0);
  }

  public void subscribe(Topic topic, int connections) {
    load.subscribe(Collections.nCopies(connections, topic), "open", OPENING);
  }

  /**
   * Memory that the system holds once it has collected its garbage: what a collection frees is
   * given back in the background, so it is asked twice.
   */
  long resident() {
    for (int i = 0; i < 2; i++) {
      pause(Math.min(SETTLE_MILLIS, settings.warmUpMillis()));
      system.collectGarbage();
    }
    return ProcFiles.proportionalBytes(system.processes());
  }

  public void publishers() {
    publishers(PUBLISHERS);
  }

  void publishers(int connections) {
    load.publishers(connections);
  }

  Meter meter() {
    return new Meter(system, load);
  }

  /** Lets the warm-up pass, then the time that counts, and says what happened in that. */
  Meter.Span measured() {
    pause(settings.warmUpMillis());
    Meter meter = meter();
    pause(settings.millis());
    return meter.lap();
  }

  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    load.close();
  }
}
