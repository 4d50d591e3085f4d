import static io.carillon.client.Capability.HISTORY;
import static io.carillon.client.Capability.SUBSCRIBE;

import io.carillon.client.Carillon;
import io.carillon.client.CarillonServer;
import io.carillon.client.Channel;
import io.carillon.client.Message;
import io.carillon.client.MessageStream;
import io.carillon.client.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Works on each message of a channel, and goes on behind the last one after a restart:
 * java -cp sdk-java.jar Worker.java http://localhost:8080 KEY SECRET orders orders.position
 */
public class Worker {
  public static void main(String[] args) throws Exception {
    if (args.length != 5) {
      System.err.println("usage: Worker.java <url> <key> <secret> <channel> <file>");
      System.exit(2);
    }
    CarillonServer backend = CarillonServer.of(args[0], args[1], args[2]);
    Path file = Path.of(args[4]).toAbsolutePath();
    try (Carillon client =
        Carillon.of(
            args[0],
            o -> o.token(why -> backend.tokens().issue(
                t -> t.clientId("worker").allow(args[3], SUBSCRIBE, HISTORY))))) {
      Channel<Object> channel = client.channel(args[3], c -> {
        if (Files.exists(file)) {
          c.since(saved(file));
        }
      });
      channel.onGap(gap -> System.out.println("gap " + gap.from() + " " + gap.to()));
      try (MessageStream<Object> messages = channel.open()) {
        messages.ready().join();
        if (!Files.exists(file)) {
          save(file, channel.position().orElseThrow()); // what comes from now on is worked on
        }
        for (Message<Object> message : messages) {
          work(message);
          // Killed between these two lines, it works on this one message again, and on no other:
          // keep the position together with the work, in one transaction, and not even on that.
          save(file, message.position());
        }
      }
    }
  }

  static void work(Message<Object> message) {
    System.out.println(message.position() + " " + message.data());
  }

  static Position saved(Path file) {
    try {
      return Position.parse(Files.readString(file));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Complete or not at all. */
  static void save(Path file, Position position) throws java.io.IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, position.toString());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
