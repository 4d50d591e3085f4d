package io.carillon.core.config;

/** How much is logged. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  /** Each connection and each refusal, too. */
  DEBUG
}
