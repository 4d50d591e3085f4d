package io.carillon.standalone;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.ConfigLoader;
import io.carillon.core.config.LogFormat;
import io.carillon.standalone.cli.CommandLine;
import io.carillon.standalone.files.ConfigFile;
import io.carillon.standalone.files.StartException;
import io.carillon.standalone.logs.Logs;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process. Without arguments, or with {@code start}, it is the server; with another command a
 * client of one. Stateless.
 *
 * <p>Exit codes: 0 done; 1 failed (the server could not start for a reason that is not expected, or
 * a command was refused); 2 wrong from outside (settings, arguments, a port or a data folder in
 * use); 130 and 143 stopped by Ctrl-C or SIGTERM, after a clean stop.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;
  private static final int WRONG = 2;

  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length == 0 || arguments[0].equals("start")) {
      serve(arguments.length);
    } else {
      System.exit(CommandLine.run(arguments, System.getenv()));
    }
  }

  private static void serve(int arguments) {
    if (arguments > 1) {
      System.err.println("start takes no arguments (expected: settings in the environment)");
      System.exit(WRONG);
    }
    switch (ConfigFile.load(System.getenv())) {
      case ConfigLoader.Loaded loaded -> serve(loaded.config());
      case ConfigLoader.Refused refused -> {
        refused.problems().forEach(System.err::println);
        System.exit(WRONG);
      }
    }
  }

  private static void serve(CarillonConfig config) {
    Logs.apply(config.logging());
    boolean isRead = config.logging().format() == LogFormat.TEXT;
    Standalone standalone = new Standalone(config, isRead ? new Steps(System.out) : Steps.logged());
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("carillon-stop").unstarted(() -> stop(standalone, isRead)));
    try {
      Standalone.Running running = standalone.start();
      if (isRead) {
        System.out.println(Banner.of(config, running));
      } else {
        LOG.info("Carillon is ready on {}", running.url());
      }
      new CountDownLatch(1).await();
    } catch (StartException e) {
      standalone.close();
      System.err.println(e.getMessage());
      System.exit(WRONG);
    } catch (InterruptedException e) {
      System.exit(FAILED);
    } catch (RuntimeException e) {
      standalone.close();
      LOG.error("Carillon could not start", e);
      System.exit(FAILED);
    }
  }

  private static void stop(Standalone standalone, boolean isRead) {
    if (!standalone.isRunning()) {
      return;
    }
    say(isRead, "\nCarillon is stopping");
    standalone.close();
    say(isRead, "Carillon has stopped");
  }

  private static void say(boolean isRead, String words) {
    if (isRead) {
      System.out.println(words);
    } else {
      LOG.info(words.strip());
    }
  }
}
