package io.carillon.standalone.cli;

import io.carillon.client.BatchResult;
import io.carillon.client.CarillonException;
import io.carillon.client.Outgoing;
import io.carillon.client.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Publishes one message, or the same many times, and waits until they are taken. Stateless. */
final class PublishCommand implements Command {
  private static final int COUNT_MAX = 100_000_000;
  private static final int RATE_MAX = 1_000_000;
  private static final int BATCH_MAX = 100;

  /** A longer batch holds back what is to come evenly. */
  private static final int BATCHES_PER_SECOND = 20;

  /** Replaced by the number of the message, from 1. */
  private static final String NUMBER = "{{n}}";

  @Override
  public Arguments.Options options() {
    return new Arguments.Options(Set.of("--id", "--count", "--rate"), Set.of("--text"));
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) throws InterruptedException {
    List<String> words = arguments.words("channel", "event", "data");
    int count = arguments.number("--count", 1, 1, COUNT_MAX);
    int rate = arguments.number("--rate", 0, 1, RATE_MAX);
    Target target = Target.of(arguments, surroundings.environment());
    Console console = surroundings.console();
    Batches batches =
        new Batches(
            Outgoing.of(words.get(1), null).to(words.getFirst()),
            MessageData.text(words.get(2), surroundings),
            arguments.value("--id").orElseGet(() -> UUID.randomUUID().toString()),
            count,
            arguments.has("--text"));
    PublishReport report =
        new PublishReport(console, words.getFirst(), words.get(1), count, arguments.has("--json"));
    Identity identity = Identity.of(arguments, target);
    try (Sender sender = Sender.open(target, identity, console, words.getFirst())) {
      Delivery delivery = new Delivery(sender, console, report);
      Pace pace = new Pace(rate);
      for (int done = 0; done < count; ) {
        int size = Math.min(count - done, pace.await(done));
        delivery.deliver(batches.messages(done, size, console));
        done += size;
      }
    }
    report.end();
  }

  /** What is sent. Immutable. */
  private record Batches(Outgoing form, String data, String id, int count, boolean text) {
    List<Outgoing> messages(int from, int size, Console console) {
      List<Outgoing> messages = new ArrayList<>(size);
      for (int i = from; i < from + size; i++) {
        String filled = data.replace(NUMBER, String.valueOf(i + 1));
        Object value = text ? filled : MessageData.value(filled, console);
        String each = count == 1 ? id : id + "-" + (i + 1);
        messages.add(new Outgoing(form.channel(), form.name(), value, each));
      }
      return messages;
    }
  }

  /** When the next ones are due. Confined to one thread. */
  private static final class Pace {
    private final long begun = System.nanoTime();
    private final int rate;

    /**
     * @param rate messages in a second, or 0 for as many as go
     */
    Pace(int rate) {
      this.rate = rate;
    }

    /** How many may be sent now, when so many were; waits for the first. */
    int await(int sent) throws InterruptedException {
      if (rate == 0) {
        return BATCH_MAX;
      }
      double due = (System.nanoTime() - begun) * 1e-9 * rate + 1 - sent;
      while (due < 1) {
        TimeUnit.NANOSECONDS.sleep((long) ((1 - due) / rate * 1e9) + 1);
        due = (System.nanoTime() - begun) * 1e-9 * rate + 1 - sent;
      }
      return (int) Math.min(due, Math.clamp(rate / BATCHES_PER_SECOND, 1, BATCH_MAX));
    }
  }

  /** Sends until all is taken or refused; an id makes that harmless. Confined to one thread. */
  private record Delivery(Sender sender, Console console, PublishReport report) {
    private static final int ATTEMPTS_MAX = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    void deliver(List<Outgoing> batch) throws InterruptedException {
      List<Outgoing> left = batch;
      for (int attempt = 1; !left.isEmpty(); attempt++) {
        List<BatchResult> results = attempted(left);
        List<Outgoing> again = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
          CarillonException error = results.get(i).error().orElse(null);
          if (error == null) {
            report.taken(results.get(i).published().orElseThrow());
          } else if (isWorthAnother(error) && attempt < ATTEMPTS_MAX) {
            again.add(left.get(i));
          } else {
            report.failed(error);
          }
        }
        if (!again.isEmpty()) {
          if (attempt == 1) {
            console.say(
                "Not taken: "
                    + results.stream()
                        .flatMap(result -> result.error().stream())
                        .findFirst()
                        .map(CommandException::text)
                        .orElse("")
                    + "\nTrying again with the same ids");
          }
          Thread.sleep(pause(results));
        }
        left = again;
      }
    }

    /** What the server says of any of them, when that is longer. */
    private static Duration pause(List<BatchResult> results) {
      return results.stream()
          .flatMap(result -> result.error().stream())
          .flatMap(error -> error.after().stream())
          .filter(after -> after.compareTo(PAUSE) > 0)
          .max(Comparator.naturalOrder())
          .orElse(PAUSE);
    }

    /** Nobody there is told at once; a server that went away in between may come back. */
    private List<BatchResult> attempted(List<Outgoing> batch) throws InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return sender.send(batch);
        } catch (CommandException nobody) {
          if (report.isEmpty() || attempt == ATTEMPTS_MAX) {
            throw nobody;
          }
          if (attempt == 1) {
            console.say(nobody.getMessage() + "; trying again with the same ids");
          }
          Thread.sleep(PAUSE);
        }
      }
    }

    private static boolean isWorthAnother(CarillonException error) {
      return error.retry() == Retry.NOW || error.retry() == Retry.LATER;
    }
  }
}
