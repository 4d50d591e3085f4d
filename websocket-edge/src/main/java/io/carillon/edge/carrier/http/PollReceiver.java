package io.carillon.edge.carrier.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A poll: the first frames that there are answer it. */
final class PollReceiver implements Receiver {
  private static final byte[] NOTHING = {};

  private static final int CHUNK_BYTES = 64 * 1024;

  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

  CompletionStage<byte[]> answer() {
    return answer;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean isStream() {
    return false;
  }

  @Override
  public int chunkBytes() {
    return CHUNK_BYTES;
  }

  @Override
  public boolean take(byte[] frames) {
    answer.complete(frames);
    return true;
  }

  @Override
  public void complete() {
    answer.complete(NOTHING);
  }
}
