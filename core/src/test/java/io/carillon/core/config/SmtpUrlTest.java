package io.carillon.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpUrlTest {
  @Test
  void portsAndEncryptionFollowTheScheme() {
    assertThat(SmtpUrl.parse("smtp://mail.example"))
        .isEqualTo(new SmtpUrl("mail.example", 587, false, null, null));
    assertThat(SmtpUrl.parse("smtps://a%40b:p%3A+w@mail.example/"))
        .isEqualTo(new SmtpUrl("mail.example", 465, true, "a@b", Secret.of("p:+w")));
    assertThat(SmtpUrl.parse("smtp://mail.example:25"))
        .isEqualTo(new SmtpUrl("mail.example", 25, false, null, null));
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(String.valueOf(SmtpUrl.parse("smtp://user:password@mail.example")))
        .isEqualTo("smtp://mail.example:587");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://mail.example",
        "smtp:",
        "smtp:mail.example",
        "smtp://mail.example/path",
        "smtp://user@mail.example",
        "smtp://user:@mail.example",
        "smtp://mail.example?x"
      })
  void whatIsNoneIsRefused(String text) {
    @Nullable SmtpUrl parsed;
    try {
      parsed = SmtpUrl.parse(text);
    } catch (IllegalArgumentException e) {
      parsed = null;
    }
    assertThat(parsed).isNull();
  }
}
