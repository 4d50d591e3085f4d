package io.carillon.core.account;

import java.net.URI;
import java.util.function.Supplier;

/**
 * Writes the mails, whose links lead to the console's pages. The token stands behind the {@code #},
 * so that no server on the way logs it. Thread-safe.
 */
public final class Letters {
  private final Mailer mailer;
  private final Supplier<URI> console;

  /**
   * @param console where browsers reach the console; asked for each mail
   */
  public Letters(Mailer mailer, Supplier<URI> console) {
    this.mailer = mailer;
    this.console = console;
  }

  void verify(EmailAddress to, String token) {
    send(
        to,
        "Confirm your e-mail address",
        "Open this link to confirm that this address is yours:",
        "/verify#" + token);
  }

  void reset(EmailAddress to, String token) {
    send(
        to,
        "Choose a new password",
        "Open this link within an hour to choose a new password. If you did not ask for it, do"
            + " nothing:",
        "/reset#" + token);
  }

  void invite(Invitation invitation, String tenantName, String token) {
    send(
        invitation.email(),
        "You are invited to " + onOneLine(tenantName),
        "Open this link within a week to join "
            + onOneLine(tenantName)
            + " as "
            + invitation.role().word()
            + ":",
        "/invitation#" + token);
  }

  void quota(EmailAddress to, String tenantName, QuotaAlerts.Alert alert) {
    send(
        to,
        onOneLine(tenantName) + " has used " + alert.percent() + " % of " + alert.quota(),
        "%s has used %,d of the %,d that its plan allows (%s, since %s UTC). What is used is shown here:"
            .formatted(
                onOneLine(tenantName),
                alert.used(),
                alert.allowed(),
                alert.quota(),
                alert.from().toString().substring(0, 10)),
        "/");
  }

  private void send(EmailAddress to, String subject, String text, String path) {
    mailer.send(new Mailer.Mail(to, subject, text, console.get() + path));
  }

  private static String onOneLine(String name) {
    return name.replaceAll("\\p{Cntrl}", " ");
  }
}
