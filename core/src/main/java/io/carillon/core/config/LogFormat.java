package io.carillon.core.config;

/** What a line of the log looks like. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** One object of JSON. */
  JSON
}
