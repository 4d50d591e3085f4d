package io.carillon.standalone.cli;

import io.carillon.client.Channel;
import io.carillon.client.Member;
import io.carillon.client.Presence;
import io.carillon.client.PresenceSnapshot;
import io.carillon.standalone.cli.Columns.Cell;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Prints who is present on a channel, follows it, and becomes present itself. Stateless. */
final class PresenceCommand implements Command {
  private static final long LEAVE_SECONDS_MAX = 2;

  @Override
  public Arguments.Options options() {
    return new Arguments.Options(Set.of("--enter"), Set.of("--watch"));
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) throws InterruptedException {
    String name = arguments.words("channel").getFirst();
    Target target = Target.of(arguments, surroundings.environment());
    Console console = surroundings.console();
    try (Client client =
        Client.open(target, Identity.of(arguments, target), console, Client.Patience.FAIL)) {
      Channel<Object> channel = client.carillon().channel(name);
      Roster roster = new Roster(console, name, arguments.has("--json"), arguments.has("--watch"));
      String entered = arguments.value("--enter").orElse(null);
      if (entered != null) {
        enter(client, channel.presence(), MessageData.value(entered, console));
        console.say("Present on " + name + "; Ctrl-C leaves");
      }
      client.await(channel.presence().onChange(snapshot -> roster.seen(snapshot, client)).ready());
      client.await(roster.known());
      if (entered != null || arguments.has("--watch")) {
        client.awaitEnd();
      }
    }
  }

  private static void enter(Client client, Presence presence, @Nullable Object data)
      throws InterruptedException {
    client.await(presence.enterAsync(data));
    presence.onEnd(error -> client.fail(CommandException.refused("presence", error)));
    client.beforeClose(
        () -> {
          try {
            presence.leaveAsync().get(LEAVE_SECONDS_MAX, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (ExecutionException | TimeoutException e) {
            // Without a connection the membership ends by itself.
          }
        });
  }

  /** Who was there when it was last looked at. Confined to the library's calls, one at a time. */
  private static final class Roster {
    private final Console console;
    private final Columns columns;
    private final String channel;
    private final boolean json;
    private final boolean watching;
    private final Map<String, Member> members = new HashMap<>();
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    Roster(Console console, String channel, boolean json, boolean watching) {
      this.console = console;
      this.columns = new Columns(console);
      this.channel = channel;
      this.json = json;
      this.watching = watching;
    }

    /** Completed when the first members are printed. */
    CompletableFuture<Void> known() {
      return known;
    }

    void seen(PresenceSnapshot snapshot, Client client) {
      if (!snapshot.synced() || (known.isDone() && !watching)) {
        return;
      }
      Map<String, Member> now = new LinkedHashMap<>();
      snapshot.members().forEach(member -> now.put(member.key(), member));
      boolean read = true;
      for (Member member : List.copyOf(members.values())) {
        if (!now.containsKey(member.key())) {
          read &= print("left", member);
        }
      }
      for (Member member : now.values()) {
        Member before = members.get(member.key());
        if (before == null) {
          read &= print(known.isDone() ? "entered" : "present", member);
        } else if (!Objects.equals(before.data(), member.data())) {
          read &= print("updated", member);
        }
      }
      members.clear();
      members.putAll(now);
      if (!known.isDone()) {
        console.say(now.size() + (now.size() == 1 ? " member" : " members") + " on " + channel);
      }
      known.complete(null);
      if (!read) {
        client.fail(new OutputClosed());
      }
    }

    private boolean print(String what, Member member) {
      String clientId = member.clientId().orElse("-");
      if (json) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", what);
        fields.put("channel", channel);
        fields.put("member", member.key());
        member.clientId().ifPresent(id -> fields.put("clientId", id));
        fields.put("data", member.data());
        fields.put("time", Instant.now().toString());
        return console.print(Text.printable(Json.write(fields)));
      }
      return console.print(
          columns.row(
              List.of(
                  Cell.plain(what),
                  Cell.strong(clientId),
                  Cell.dim(member.key()),
                  Cell.plain(MessageLines.text(member.data())))));
    }
  }
}
