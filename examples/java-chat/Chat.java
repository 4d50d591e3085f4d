import static io.carillon.client.Capability.*;

import io.carillon.client.*;
import java.util.*;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A chat for the terminal: java -cp sdk-java.jar Chat.java http://localhost:8080 KEY SECRET Ann */
public class Chat {
  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      System.err.println("usage: java -cp sdk-java.jar Chat.java <url> <key> <secret> <name>");
      System.exit(2);
    }
    String name = args[3];
    // A real client has no secret: its backend makes the token, and hands it over by HTTP.
    CarillonServer backend = CarillonServer.of(args[0], args[1], args[2]);
    try (Carillon client =
        Carillon.of(
            args[0],
            o -> o.token(why -> backend.tokens().issue(
                t -> t.clientId(name).allow("chat:lobby", SUBSCRIBE, PUBLISH, PRESENCE, HISTORY))))) {
      Channel<Object> lobby = client.channel("chat:lobby");
      client.onState(Chat::told);
      lobby.onGap(gap -> System.out.println("* messages are missing: " + gap.reason()));
      lobby.onSignal("typing", typing -> {
        if (Boolean.TRUE.equals(typing.data())) {
          System.out.println("* " + typing.clientId().orElse("?") + " is typing");
        }
      });
      lobby.presence().enter(Map.of("name", name));
      lobby.presence().onChange(now -> System.out.println("* here: " + now.members().stream()
          .map(member -> member.clientId().orElse("?")).distinct().sorted().collect(Collectors.joining(", "))));
      MessageStream<Object> live = lobby.open("message");
      lobby.history(h -> h.untilAttach().limit(20)).items().reversed().forEach(Chat::show);
      Thread.startVirtualThread(() -> live.forEach(Chat::show));
      System.out.println("* type a line to send it; an empty one says that you are typing");
      CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
      for (Scanner in = new Scanner(System.in); in.hasNextLine(); ) {
        String line = in.nextLine();
        if (line.isEmpty()) {
          lobby.signal("typing", true);
        } else {
          // Without a connection it waits for one, and goes out in this order, once.
          sent = lobby.publishAsync("message", line);
          sent.exceptionally(failed -> {
            System.out.println("* not sent: " + line + " (" + failed.getMessage() + ")");
            return null;
          });
        }
      }
      sent.join();
      lobby.presence().leave();
      live.close();
    }
  }

  static void show(Message<Object> message) {
    System.out.println(message.clientId().orElse("?") + ": " + message.data());
  }

  static void told(ConnectionState state) {
    if (state instanceof ConnectionState.Waiting) {
      System.out.println("* offline; what you type waits");
    } else if (state instanceof ConnectionState.Connected) {
      System.out.println("* online");
    }
  }
}
