package io.carillon.postgres.console;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.AuditLog;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.model.TenantId;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit log in its table. Immutable, thread-safe. */
record PostgresAuditLog(AuditRepository entries, JsonMapper json) implements AuditLog {
  private static final Argument<Map<String, String>> VALUES =
      Argument.mapOf(String.class, String.class);

  private static final int TARGET_MAX = 200;

  @Override
  public void append(Entry entry) {
    String target = entry.target();
    entries.save(
        new AuditRow(
            null,
            entry.tenant().value(),
            entry.at().truncatedTo(ChronoUnit.MICROS),
            entry.author().account().value(),
            entry.author().email().value(),
            entry.author().address(),
            entry.action(),
            target.length() <= TARGET_MAX ? target : target.substring(0, TARGET_MAX),
            written(entry.change().before()),
            written(entry.change().after()),
            entry.author().token()));
  }

  @Override
  public List<Numbered> page(TenantId tenant, long before, int limit) {
    return entries.page(tenant.value(), before, limit).stream().map(this::numbered).toList();
  }

  private Numbered numbered(AuditRow row) {
    Author author =
        new Author(
            new AccountId(row.accountId()),
            new EmailAddress(row.email()),
            row.address(),
            row.token());
    Long id = row.id();
    return new Numbered(
        id == null ? 0 : id,
        new Entry(
            new TenantId(row.tenantId()),
            row.writtenAt(),
            author,
            row.action(),
            row.target(),
            new Change(read(row.valueBefore()), read(row.valueAfter()))));
  }

  private @Nullable String written(@Nullable Map<String, String> values) {
    try {
      return values == null ? null : json.writeValueAsString(VALUES, values);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private @Nullable Map<String, String> read(@Nullable String text) {
    try {
      return text == null ? null : json.readValue(text, VALUES);
    } catch (IOException e) {
      throw new UncheckedIOException("audit_log has a value that is no JSON", e);
    }
  }
}
