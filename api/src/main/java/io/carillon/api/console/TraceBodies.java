package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Collected;
import io.carillon.core.engine.TraceFacts;
import io.carillon.core.engine.TraceFate;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is said about traced messages. Stateless. */
final class TraceBodies {
  private TraceBodies() {}

  /** What became of traced messages. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Traces")
  record Traces(
      @Schema(
              description =
                  "The newest first; each node keeps the last 100 of an application for an hour")
          List<Trace> traces,
      @Schema(description = "How many nodes were asked") int nodes,
      @Schema(description = KeyBodies.UNANSWERED) @Nullable Integer unanswered) {
    static Traces of(Collected collected, int limit, int unanswered) {
      Map<Place, List<TraceFacts>> byMessage = new LinkedHashMap<>();
      for (Answer answer : collected.answers()) {
        if (answer instanceof Answer.Traces(var some)) {
          some.forEach(
              each ->
                  byMessage.computeIfAbsent(Place.of(each), place -> new ArrayList<>()).add(each));
        }
      }
      List<Trace> traces =
          byMessage.values().stream()
              .sorted(Comparator.comparingLong(TraceBodies::firstMillis).reversed())
              .limit(limit)
              .map(Trace::of)
              .toList();
      return new Traces(traces, collected.nodes(), unanswered == 0 ? null : unanswered);
    }
  }

  /** Where a message stands. */
  private record Place(String channel, long epoch, long offset) {
    static Place of(TraceFacts facts) {
      TraceFacts.Subject of = facts.of();
      return new Place(of.channel(), of.position().epoch(), of.position().offset());
    }
  }

  private static long firstMillis(List<TraceFacts> parts) {
    long first = Long.MAX_VALUE;
    for (TraceFacts part : parts) {
      TraceFacts.Accepted accepted = part.accepted();
      TraceFacts.Handed handed = part.handed();
      first = accepted == null ? first : Math.min(first, accepted.atMillis());
      first = handed == null ? first : Math.min(first, handed.firstMillis());
    }
    return first;
  }

  /** What became of one message. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Trace")
  record Trace(
      String channel,
      long epoch,
      long offset,
      @Nullable String id,
      @Schema(description = "The event's name") String event,
      @Schema(description = "Of its data and extras") int bytes,
      @Nullable Accepted accepted,
      @Schema(description = "Those with subscribers, the first one first") List<Handed> nodes) {
    static Trace of(List<TraceFacts> parts) {
      TraceFacts.Subject of = parts.getFirst().of();
      return new Trace(
          of.channel(),
          of.position().epoch(),
          of.position().offset(),
          of.id(),
          of.event(),
          of.bytes(),
          parts.stream()
              .filter(part -> part.accepted() != null)
              .map(Accepted::of)
              .findFirst()
              .orElse(null),
          parts.stream()
              .filter(part -> part.handed() != null)
              .map(Handed::of)
              .sorted(Comparator.comparing(Handed::at).thenComparing(Handed::node))
              .toList());
    }
  }

  /** How a message was taken in; absent when the node that did has forgotten it, or is gone. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "TraceAccepted")
  record Accepted(
      String at,
      @Schema(description = "The node's name, for as long as its process lives") String node,
      @Nullable String key,
      @Schema(description = "Until it was in the log") long logMicros,
      @Schema(description = "Until it was in the archive too; absent when it is not archived")
          @Nullable Long archiveMicros,
      @Schema(description = "Whether its id was known, so that nobody was handed it again")
          boolean duplicate) {
    static Accepted of(TraceFacts facts) {
      TraceFacts.Accepted accepted = Objects.requireNonNull(facts.accepted());
      return new Accepted(
          Instant.ofEpochMilli(accepted.atMillis()).toString(),
          facts.node(),
          accepted.key(),
          accepted.logMicros(),
          accepted.archiveMicros(),
          accepted.duplicate());
    }
  }

  /** What one node did with a message. */
  @Serdeable
  @Schema(name = "TraceNode")
  record Handed(
      @Schema(description = "When the first subscribers were handed it, by the node's clock")
          String at,
      @Schema(description = "When the last ones were") String until,
      @Schema(description = "The node's name, for as long as its process lives") String node,
      @Schema(description = "Written to sockets, or waiting for them") long bytes,
      Sockets sockets) {
    static Handed of(TraceFacts facts) {
      TraceFacts.Handed handed = Objects.requireNonNull(facts.handed());
      return new Handed(
          Instant.ofEpochMilli(handed.firstMillis()).toString(),
          Instant.ofEpochMilli(handed.lastMillis()).toString(),
          facts.node(),
          handed.bytes(),
          Sockets.of(handed.sockets()));
    }
  }

  /** How many subscriptions had which fate. */
  @Serdeable
  @Schema(name = "TraceSockets")
  record Sockets(
      @Schema(description = "Given to the socket at once") int written,
      @Schema(description = "Waited for a socket whose reader was behind") int waiting,
      @Schema(description = "Waited, and gave way to newer ones, as the channel's rule says")
          int conflated,
      @Schema(description = "Subscribing at that moment; it follows their answer") int held,
      @Schema(description = "Left out: the publisher's own connection, or one that it named")
          int leftOut,
      @Schema(description = "Told of it before, by what they resumed with") int repeated,
      @Schema(description = "Closed as their readers were too far behind; they may resume")
          int tooSlow,
      @Schema(description = "Closed as the node was too far behind; they may resume") int overrun) {
    static Sockets of(Map<TraceFate, Integer> sockets) {
      return new Sockets(
          sockets.getOrDefault(TraceFate.WRITTEN, 0),
          sockets.getOrDefault(TraceFate.WAITING, 0),
          sockets.getOrDefault(TraceFate.CONFLATED, 0),
          sockets.getOrDefault(TraceFate.HELD, 0),
          sockets.getOrDefault(TraceFate.LEFT_OUT, 0),
          sockets.getOrDefault(TraceFate.REPEATED, 0),
          sockets.getOrDefault(TraceFate.TOO_SLOW, 0),
          sockets.getOrDefault(TraceFate.OVERRUN, 0));
    }
  }

  /** Which messages to trace. */
  @Serdeable
  @Schema(name = "ToSampleTraces")
  record ToSample(
      @Schema(description = "A pattern of channels, as rules have them") String pattern,
      @Schema(description = "One of so many messages; 1 by default", minimum = "1")
          @Nullable Integer every,
      @Schema(
              description = "After so many on each node it ends; 20 by default",
              minimum = "1",
              maximum = "1000")
          @Nullable Integer messages,
      @Schema(
              description = "After so long it ends; 600 by default",
              minimum = "1",
              maximum = "3600")
          @Nullable Integer seconds) {}

  /** Messages are traced now. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "TracesSampled")
  record Sampled(
      String pattern,
      int every,
      int messages,
      int seconds,
      @Schema(description = "On so many nodes") int nodes,
      @Schema(description = KeyBodies.UNANSWERED) @Nullable Integer unanswered) {}
}
