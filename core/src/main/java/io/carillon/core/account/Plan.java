package io.carillon.core.account;

import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.model.Secret;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a declaration makes of what there is, in its order. Immutable. */
public record Plan(List<Step> steps) {
  public Plan {
    steps = List.copyOf(steps);
  }

  /** What becomes of one thing. */
  public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    UNCHANGED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a step is about. */
  public enum Kind {
    APP,
    KEY,
    RULE,
    WEBHOOK;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing.
   *
   * @param app the name of its application
   * @param name of the application, the label of the key, the pattern of the rule, or the address
   *     of the webhook
   * @param made the new key or webhook, whose secret is not told again; null for all else
   */
  public record Step(
      Kind kind, String app, String name, Action action, Change change, @Nullable Made made) {}

  /** What has a secret. */
  public record Made(String id, Secret secret) {}
}
