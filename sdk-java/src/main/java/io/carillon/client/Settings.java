package io.carillon.client;

import java.util.concurrent.Executor;

/** What the inside of a client has to know. Immutable. */
final class Settings {
  /** Where the pages about errors are; a kind is appended. */
  final String errors;

  /** How many requests may wait for an answer. */
  final int queueLimit;

  /** In which a publish settles. */
  final long publishMillis;

  /** That a channel stays joined after its last user. */
  final long lingerMillis;

  /** How many messages may wait for a channel's listeners, or for one reader. */
  final int buffer;

  /** Where listeners run. */
  final Executor listeners;

  /** Where futures are completed and tokens are waited for; never full. */
  final Executor worker;

  Settings(ClientOptions options, String errors) {
    this.errors = errors;
    this.queueLimit = options.queueLimit;
    this.publishMillis = options.publishTimeout.toMillis();
    this.lingerMillis = options.linger.toMillis();
    this.buffer = options.buffer;
    this.listeners = options.listeners;
    this.worker = options.worker;
  }
}
