package io.carillon.edge.carrier.http;

import reactor.core.publisher.FluxSink;

/** One long response, which takes as much as its reader asks for. */
final class StreamReceiver implements Receiver {
  private final FluxSink<byte[]> sink;

  StreamReceiver(FluxSink<byte[]> sink) {
    this.sink = sink;
  }

  @Override
  public boolean isReady() {
    return sink.requestedFromDownstream() > 0;
  }

  @Override
  public boolean take(byte[] frames) {
    sink.next(frames);
    return sink.isCancelled();
  }

  @Override
  public void complete() {
    sink.complete();
  }
}
