package io.carillon.smtp;

import io.carillon.core.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where mails are handed over. Immutable.
 *
 * @param encryption how the connection is encrypted
 * @param login null when the server takes mails from anyone who reaches it
 * @param from the sender's address, such as {@code carillon@example.com}
 */
public record SmtpServer(
    String host, int port, Encryption encryption, @Nullable Login login, String from) {

  /** How the connection is encrypted. */
  public enum Encryption {
    /** By STARTTLS: always with a login, else where the server offers it. */
    STARTTLS,
    /** From the first byte. */
    TLS
  }

  /** Who hands mails over. */
  public record Login(String user, Secret password) {}

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
