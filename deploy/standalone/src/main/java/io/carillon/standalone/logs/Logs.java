package io.carillon.standalone.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.LogFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the process log as its settings ask. Levels are Carillon's own: libraries stay at WARN, since
 * what they say at DEBUG has heads of requests in it, and so what people authenticate with.
 * Stateless.
 */
public final class Logs {
  private static final String APPENDER = "out";
  private static final String OURS = "io.carillon";
  private static final String NODE = "node";

  private Logs() {}

  /** From now on. */
  public static void apply(CarillonConfig.Logging settings) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return; // tests bring their own
    }
    context.getLogger(OURS).setLevel(Level.valueOf(settings.level().name()));
    Appender<ILoggingEvent> appender =
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
    if (settings.format() == LogFormat.JSON
        && appender instanceof ConsoleAppender<ILoggingEvent> console) {
      JsonLines lines = new JsonLines();
      lines.setContext(context);
      lines.start();
      console.stop();
      console.setEncoder(lines);
      console.start();
    }
  }

  /** Every line says from now on which node it is of. */
  public static void name(String node) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty(NODE, node);
    }
  }
}
