package io.carillon.core.config;

/** What a process does. */
public enum Role {
  API,
  EDGE,
  CONSOLE
}
