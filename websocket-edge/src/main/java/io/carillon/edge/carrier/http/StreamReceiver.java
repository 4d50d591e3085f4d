package io.carillon.edge.carrier.http;

import reactor.core.publisher.FluxSink;

/**
 * One long response, which takes as much as its reader asks for, and no more than makes pusher-js
 * ask for a new one: it aborts a response when it has read more than 256 Ki characters of it, and
 * what would follow on that response is lost.
 */
final class StreamReceiver implements Receiver {
  private static final int REOPENED_AFTER = 256 * 1024;
  private static final int CHUNK_BYTES = 64 * 1024;

  private final FluxSink<byte[]> sink;
  private int characters;

  StreamReceiver(FluxSink<byte[]> sink) {
    this.sink = sink;
  }

  @Override
  public boolean isReady() {
    return characters <= REOPENED_AFTER && sink.requestedFromDownstream() > 0;
  }

  @Override
  public boolean isStream() {
    return true;
  }

  @Override
  public int chunkBytes() {
    return Math.min(CHUNK_BYTES, REOPENED_AFTER + 1 - characters);
  }

  @Override
  public boolean take(byte[] frames) {
    characters += characters(frames);
    sink.next(frames);
    return sink.isCancelled();
  }

  /** How a script counts them: two for what UTF-8 writes in four bytes. */
  private static int characters(byte[] utf8) {
    int count = 0;
    for (byte b : utf8) {
      boolean continues = (b & 0xC0) == 0x80;
      count += continues ? 0 : (b & 0xF8) == 0xF0 ? 2 : 1;
    }
    return count;
  }

  @Override
  public void complete() {
    sink.complete();
  }
}
