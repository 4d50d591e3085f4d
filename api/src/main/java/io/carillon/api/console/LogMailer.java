package io.carillon.api.console;

import io.carillon.core.account.Mailer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prints mails to the log, for whoever runs a server that sends none: they hand the link over.
 * Stateless.
 */
final class LogMailer implements Mailer {
  private static final Logger LOG = LoggerFactory.getLogger(LogMailer.class);

  @Override
  public void send(Mail mail) {
    // the one place that may show a link, as nobody else gets to see it
    LOG.info("Mail for {}: {} {}", mail.to(), mail.subject(), mail.link());
  }
}
