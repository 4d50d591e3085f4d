package io.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @Test
  void addressesAreComparedInLowerCase() {
    assertThat(EmailAddress.parse(" Anna.B+x@Example.COM "))
        .contains(new EmailAddress("anna.b+x@example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anna",
        "anna@",
        "@example.com",
        "anna@example..com",
        "anna@-example.com",
        "an na@example.com",
        "anna@example.com\r\nBcc: bert@example.com",
        "anna\u0000@example.com",
        "\"anna\"@example.com",
        "anna@exa mple.com",
        "anna@bert@example.com"
      })
  void whatIsNoAddressIsNone(String typed) {
    assertThat(EmailAddress.parse(typed)).isEmpty();
  }

  @Test
  void anAddressIsBounded() {
    assertThat(EmailAddress.parse("a".repeat(65) + "@example.com")).isEmpty();
    assertThat(EmailAddress.parse("a@" + "b.".repeat(200) + "com")).isEmpty();
  }
}
