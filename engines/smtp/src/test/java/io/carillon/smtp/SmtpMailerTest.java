package io.carillon.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.Mailer.Mail;
import io.carillon.smtp.SmtpServer.Encryption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmtpMailerTest {
  private static final long PATIENCE_SECONDS = 20;

  /** Takes one mail, as RFC 5321 says, and keeps what was said. */
  private static List<String> conversation(ServerSocket listening) throws IOException {
    List<String> heard = new ArrayList<>();
    try (Socket socket = listening.accept();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        OutputStream out = socket.getOutputStream()) {
      say(out, "220 mail.example");
      boolean data = false;
      String line = in.readLine();
      while (line != null && !line.equals("QUIT")) {
        heard.add(line);
        if (!data || line.equals(".")) {
          say(out, line.equals("DATA") ? "354 go on" : "250 fine");
        }
        data = line.equals("DATA") || (data && !line.equals("."));
        line = in.readLine();
      }
      say(out, "221 bye");
    }
    return heard;
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(US_ASCII));
    out.flush();
  }

  @Test
  void aMailIsHandedOver() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<List<String>> heard = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  heard.complete(conversation(listening));
                } catch (IOException e) {
                  heard.completeExceptionally(e);
                }
              });
      SmtpServer server =
          new SmtpServer(
              "127.0.0.1",
              listening.getLocalPort(),
              Encryption.STARTTLS,
              null,
              "carillon@example.com");

      new SmtpMailer(server)
          .send(
              new Mail(
                  new EmailAddress("anna@example.com"),
                  "Choose a new password",
                  "Open this link:",
                  "https://console.example/reset#token"));

      assertThat(heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .contains(
              "MAIL FROM:<carillon@example.com>",
              "RCPT TO:<anna@example.com>",
              "Subject: Choose a new password",
              "Open this link:",
              "https://console.example/reset#token");
    }
  }

  @Test
  void aMailDoesNotPrintItsLink() {
    Mail mail =
        new Mail(new EmailAddress("anna@example.com"), "Subject", "text", "https://x/#token");

    assertThat(mail.toString()).doesNotContain("token");
  }
}
