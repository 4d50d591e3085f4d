package io.carillon.relay;

import io.carillon.client.CarillonServer;
import java.util.concurrent.CountDownLatch;

/** The relay as a program: runs until it is asked to stop. Stateless. */
public final class Main {
  private static final int WRONG_SETTINGS = 2;

  private Main() {}

  /** Without a word it publishes; with {@code sql} it prints what makes the outbox. */
  public static void main(String[] words) throws InterruptedException {
    if (words.length == 1 && words[0].equals("sql")) {
      System.out.print(OutboxRelay.sql());
      return;
    }
    OutboxRelay relay;
    try {
      Settings settings = Settings.of(System.getenv());
      // #region start
      CarillonServer server = CarillonServer.of(settings.url(), settings.key(), settings.secret());
      relay = OutboxRelay.start(settings.dataSource(), server);
      // #endregion start
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_SETTINGS);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(relay::close));
    new CountDownLatch(1).await();
  }
}
