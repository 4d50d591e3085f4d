package io.carillon.core.account;

import io.carillon.core.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What members changed in their tenants. Nothing in it is ever changed. Calls block. */
public interface AuditLog {
  void append(Entry entry);

  /**
   * The newest first.
   *
   * @param before the number of an entry, to go on behind it; {@link Long#MAX_VALUE} to begin
   */
  List<Numbered> page(TenantId tenant, long before, int limit);

  /**
   * One change; never with a secret in it. Immutable.
   *
   * @param action such as {@code key.created}
   * @param target what was changed, such as {@code key 278d425bdf160c739803}
   * @param change the values before and after
   */
  record Entry(
      TenantId tenant, Instant at, Author author, String action, String target, Change change) {}

  /**
   * Who made a change, and from where.
   *
   * @param email as it was then
   * @param token the label of the access token with which it was done; null for a session
   */
  record Author(AccountId account, EmailAddress email, String address, @Nullable String token) {
    /** Who had signed in. */
    public Author(AccountId account, EmailAddress email, String address) {
      this(account, email, address, null);
    }
  }

  /** What a change was, each value by its name; null for what was not there. */
  record Change(@Nullable Map<String, String> before, @Nullable Map<String, String> after) {
    public static final Change NONE = new Change(null, null);

    public Change {
      before = before == null ? null : Map.copyOf(before);
      after = after == null ? null : Map.copyOf(after);
    }

    static Change to(String name, String after) {
      return new Change(null, Map.of(name, after));
    }

    static Change of(String name, String before, String after) {
      return new Change(Map.of(name, before), Map.of(name, after));
    }
  }

  /** An entry with its number, which grows. */
  record Numbered(long number, Entry entry) {}
}
