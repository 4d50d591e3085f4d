package io.carillon.core.webhook;

import io.carillon.core.config.Cidr;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses a tenant may have called: those that are reached over the public internet, and
 * the networks that the operator allows. To be asked with the very address that is connected to.
 * Immutable.
 */
public final class AddressGuard {
  /** The special-purpose registries of IANA, of which nothing is a public server. */
  private static final List<Cidr> FORBIDDEN =
      List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16", // link-local, and the metadata service of most clouds
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "3fff::/20",
              "5f00::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .stream()
          .map(Cidr::parse)
          .toList();

  /** Prefixes of IPv6 addresses that stand for an IPv4 address, and where that begins. */
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");

  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
  private static final int NAT64_AT = 12;
  private static final int SIX_TO_FOUR_AT = 2;

  private final List<Cidr> allowed;

  /**
   * @param allowed blocks that may be called although they are not public
   */
  public AddressGuard(List<Cidr> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  public boolean allows(InetAddress address) {
    if (allowed.stream().anyMatch(block -> block.contains(address))) {
      return true;
    }
    if (FORBIDDEN.stream().anyMatch(block -> block.contains(address))) {
      return false;
    }
    if (address instanceof Inet6Address) {
      // an address that is translated is as forbidden as what it is translated to
      if (NAT64.contains(address)) {
        return allows(embedded(address, NAT64_AT));
      }
      if (SIX_TO_FOUR.contains(address)) {
        return allows(embedded(address, SIX_TO_FOUR_AT));
      }
    }
    return true;
  }

  private static InetAddress embedded(InetAddress address, int at) {
    try {
      return Inet4Address.getByAddress(
          Arrays.copyOfRange(address.getAddress(), at, at + Integer.BYTES));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
