package io.carillon.redis;

import io.carillon.core.engine.AppendCounts;
import io.carillon.core.engine.UsageStore.Row;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What was appended, as Redis counts it in the script that appends. Immutable, thread-safe. Not for
 * a cluster, where one step has the keys of one slot only.
 */
final class RedisCounts implements AppendCounts {
  private static final String MESSAGES = "m";
  private static final String BYTES = "b";
  private static final int FIELD_PARTS = 4;

  /** So many rows go at once, so that the server's other users get their turn. */
  private static final int FORGOTTEN_AT_ONCE = 500;

  private final RedisBus bus;
  private final byte[] key;

  RedisCounts(RedisBus bus) {
    this.bus = bus;
    this.key = bus.names().ofAll("counted");
  }

  byte[] key() {
    return key;
  }

  static byte[] account(UsageKey account) {
    return Names.bytes(account.app() + " " + account.key());
  }

  @Override
  public CompletionStage<Snapshot> read() {
    return ask(Script.METERED, List.of(Names.bytes("log-" + UUID.randomUUID())))
        .thenApply(RedisCounts::snapshot);
  }

  private static Snapshot snapshot(Object reply) {
    String source = Names.text(Replies.bytes(reply, 1));
    List<?> fields = Replies.list(reply, 2);
    Map<Place, Usage> found = new HashMap<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      String[] parts = Names.text((byte[]) fields.get(i)).split(" ", -1);
      if (parts.length == FIELD_PARTS) {
        long value = Long.parseLong(Names.text((byte[]) fields.get(i + 1)));
        Usage usage =
            parts[3].equals(MESSAGES) ? Usage.ofMessages(value, 0) : Usage.ofMessages(0, value);
        UsageKey account = new UsageKey(new AppId(parts[1]), new KeyId(parts[2]));
        found.merge(new Place(account, Long.parseLong(parts[0])), usage, Usage::plus);
      }
    }
    List<Row> rows = new ArrayList<>(found.size());
    found.forEach((at, usage) -> rows.add(new Row(at.account(), at.minute(), source, usage)));
    return new Snapshot(Replies.number(reply, 0), rows);
  }

  private record Place(UsageKey account, long minute) {}

  @Override
  public CompletionStage<Void> forget(List<Row> rows) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (int from = 0; from < rows.size(); from += FORGOTTEN_AT_ONCE) {
      List<byte[]> fields = new ArrayList<>();
      for (Row row : rows.subList(from, Math.min(rows.size(), from + FORGOTTEN_AT_ONCE))) {
        UsageKey account = row.account();
        String field = row.minute() + " " + account.app() + " " + account.key() + " ";
        fields.add(Names.bytes(field + MESSAGES));
        fields.add(Names.bytes(field + BYTES));
      }
      CompletionStage<Object> gone = ask(Script.UNMETER, fields);
      done = done.thenCombine(gone, (before, now) -> null);
    }
    return done;
  }

  private CompletionStage<Object> ask(Script script, List<byte[]> arguments) {
    List<byte[]> keys = List.of(key);
    return bus.write(
        new Request.Call(
            script,
            Names.slotOf(keys),
            keys,
            new Request.Arguments(arguments, List.of()),
            null,
            true));
  }
}
