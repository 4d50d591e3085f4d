package io.carillon.standalone.wiring;

import io.carillon.core.account.Mailer;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.SmtpUrl;
import io.carillon.core.model.Secret;
import io.carillon.smtp.SmtpMailer;
import io.carillon.smtp.SmtpServer;
import io.carillon.smtp.SmtpServer.Encryption;
import io.carillon.smtp.SmtpServer.Login;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Wires what sends mails, where a server for them is set. Stateless. */
@Factory
@Requires(property = "carillon.smtp", value = "true")
final class MailFactory {

  @Singleton
  Mailer mailer(CarillonConfig config) {
    SmtpUrl url = config.mail().smtp();
    if (url == null) {
      throw new IllegalStateException("carillon.smtp (expected: with carillon.smtp-url only)");
    }
    String user = url.user();
    Secret password = url.password();
    return new SmtpMailer(
        new SmtpServer(
            url.host(),
            url.port(),
            url.tls() ? Encryption.TLS : Encryption.STARTTLS,
            user == null || password == null ? null : new Login(user, password),
            config.mail().from()));
  }
}
