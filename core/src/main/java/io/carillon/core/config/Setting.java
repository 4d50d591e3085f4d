package io.carillon.core.config;

import java.util.Locale;

/**
 * One setting as people see it. Immutable.
 *
 * @param key its name in {@code carillon.yml}, such as {@code carillon.limits.outbox-bytes}
 * @param type how a text becomes a value, and which values are right
 * @param defaultText as it would be written; empty when the setting is unset by default
 * @param description one sentence, with the unit
 */
public record Setting<T>(String key, ValueType<T> type, String defaultText, String description) {

  /** {@code carillon.limits.outbox-bytes} is {@code CARILLON_LIMITS_OUTBOX_BYTES}. */
  public String variable() {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
