package io.carillon.benchmark.attack;

import io.carillon.benchmark.measure.Latencies;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A well-behaved client that comes anew again and again: how long it takes until it is subscribed.
 * Its thread measures; whoever reads takes what was measured so far.
 */
final class Newcomer implements Runnable {
  private static final long PAUSE_MILLIS = 100;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int RECEIVE_BYTES = 8 * 1024;

  private final Target target;
  private final byte[] said;
  private Latencies latencies = new Latencies();
  private volatile boolean ended;
  private int failures;

  Newcomer(Target target) {
    this.target = target;
    this.said = Target.text("{\"t\":\"sub\",\"i\":2,\"ch\":\"new\"}");
  }

  /** What came since the last call. */
  record Figures(double medianMillis, double longestMillis, int failures) {}

  synchronized Figures lap() {
    Figures figures = new Figures(latencies.quantile(0.5) / 1e6, latencies.max() / 1e6, failures);
    latencies = new Latencies();
    failures = 0;
    return figures;
  }

  @Override
  public void run() {
    while (!ended) {
      long began = System.nanoTime();
      boolean came = come();
      synchronized (this) {
        latencies.record(System.nanoTime() - began);
        failures += came ? 0 : 1;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean come() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      var out = socket.getOutputStream();
      out.write(target.handshake());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      awaits(in, "\r\n\r\n");
      out.write(target.hello());
      out.write(said);
      awaits(in, "\"t\":\"subbed\"");
      return true;
    } catch (IOException e) {
      return ended;
    }
  }

  private static void awaits(DataInputStream in, String text) throws IOException {
    byte[] buffer = new byte[RECEIVE_BYTES];
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(text) < 0) {
      int read = in.read(buffer);
      if (read < 0) {
        throw new IOException("closed after: " + heard);
      }
      heard.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
    }
  }

  void end() {
    ended = true;
  }
}
