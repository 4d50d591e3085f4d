package io.carillon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.Client.Protocol;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class ClientTest {
  @Test
  void anAddressIsKnownByItsBlockOnly() {
    assertThat(range("192.0.2.77")).isEqualTo("192.0.2.0/24").isEqualTo(range("192.0.2.1"));
    assertThat(range("203.0.113.9")).isEqualTo("203.0.113.0/24");
    assertThat(range("2001:db8:1:2::3")).isEqualTo("2001:db8:1::/48");
    assertThat(range("::ffff:192.0.2.77")).isEqualTo("192.0.2.0/24");
    assertThat(AddressRange.of(null).text()).isEmpty();
  }

  private static String range(String address) {
    return AddressRange.of(InetAddress.ofLiteral(address)).text();
  }

  @Test
  void whatALibrarySaysOfItselfIsBoundedAndPrintable() {
    assertThat(library("pusher-js 8.4.0")).isEqualTo("pusher-js 8.4.0");
    assertThat(library("a\nb\u00e9")).isEqualTo("a?b?");
    assertThat(library("x".repeat(10_000))).hasSize(Client.LIBRARY_LENGTH_MAX);
    assertThat(library("x".repeat(100))).hasSize(100);
    assertThat(Client.of(Protocol.REST, null, AddressRange.UNKNOWN).library()).isEmpty();
  }

  private static String library(String said) {
    return Client.of(Protocol.REST, said, AddressRange.UNKNOWN).library();
  }
}
