package io.carillon.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.carillon.core.account.Mailer;
import io.carillon.smtp.SmtpServer.Encryption;
import io.carillon.smtp.SmtpServer.Login;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each mail over on a virtual thread of its own. So many may be under way at once; one more
 * is dropped and logged, as is what the server refuses: people ask again. Thread-safe.
 */
public final class SmtpMailer implements Mailer {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpMailer.class);

  static final int UNDER_WAY_MAX = 100;
  private static final String PATIENCE_MILLIS = "15000";

  private final SmtpServer server;
  private final Session session;
  private final Semaphore places = new Semaphore(UNDER_WAY_MAX);

  public SmtpMailer(SmtpServer server) {
    this.server = server;
    this.session = Session.getInstance(properties(server));
  }

  private static Properties properties(SmtpServer server) {
    boolean tls = server.encryption() == Encryption.TLS;
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", server.host());
    properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
    properties.setProperty("mail.smtp.ssl.enable", String.valueOf(tls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.starttls.enable", "true");
    // a password is never sent in the clear
    properties.setProperty(
        "mail.smtp.starttls.required", String.valueOf(!tls && server.login() != null));
    properties.setProperty("mail.smtp.auth", String.valueOf(server.login() != null));
    for (String phase : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      properties.setProperty("mail.smtp." + phase, PATIENCE_MILLIS);
    }
    return properties;
  }

  @Override
  public void send(Mail mail) {
    if (!places.tryAcquire()) {
      LOG.warn("{} is not sent: {} are under way already", mail, UNDER_WAY_MAX);
      return;
    }
    Thread.ofVirtual().name("smtp").start(() -> sendNow(mail));
  }

  private void sendNow(Mail mail) {
    try {
      MimeMessage message = new MimeMessage(session);
      message.setFrom(new InternetAddress(server.from(), true));
      message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to().value(), true));
      message.setSubject(mail.subject(), UTF_8.name());
      message.setText(mail.text() + "\n\n" + mail.link() + "\n", UTF_8.name());
      message.setHeader("Date", RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
      Login login = server.login();
      if (login == null) {
        Transport.send(message);
      } else {
        Transport.send(message, login.user(), new String(login.password().reveal(), UTF_8));
      }
    } catch (MessagingException e) {
      LOG.warn("{} is not sent by {}: {}", mail, server, e.toString());
    } finally {
      places.release();
    }
  }
}
