package io.carillon.core.span;

/** Some work that has begun. Thread-safe; nothing is told before it has ended. */
public interface Span {
  /** Whether anybody will see it; else what is said of it goes nowhere. */
  boolean isRecorded();

  /** 32 hexadecimal digits, the same for all parts. */
  String traceId();

  /** By which other work is a part of this, in this process or another. */
  String traceparent();

  void set(String key, String value);

  void set(String key, long value);

  /** It did not do what it was to. */
  void failed(String why);

  void end();
}
