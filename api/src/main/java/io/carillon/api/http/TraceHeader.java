package io.carillon.api.http;

import io.carillon.core.model.Message;

/** The header by which a backend asks to have what it publishes traced. Stateless. */
public final class TraceHeader {
  public static final String NAME = "Carillon-Trace";

  private static final String YES = "1";

  private TraceHeader() {}

  /** The message, traced when the headers or itself ask for it. */
  public static Message applied(Inbound.Headers headers, Message message) {
    return message.isTraced() || !YES.equals(headers.first(NAME)) ? message : message.traced(true);
  }
}
