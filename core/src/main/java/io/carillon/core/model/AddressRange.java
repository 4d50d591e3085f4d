package io.carillon.core.model;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses that says roughly where somebody is and not who: a /24 of IPv4, or a /48 of
 * IPv6. Immutable.
 *
 * @param bits of the network, in the lowest 24 or 48 bits
 */
public record AddressRange(Kind kind, long bits) {
  public static final AddressRange UNKNOWN = new AddressRange(Kind.UNKNOWN, 0);

  private static final int BYTE_BITS = 8;

  /** Which addresses the block is of. */
  public enum Kind {
    UNKNOWN(0),
    IPV4(3),
    IPV6(6);

    private final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }
  }

  /** The block of the address; of none when it is null. */
  public static AddressRange of(@Nullable InetAddress address) {
    if (address == null) {
      return UNKNOWN;
    }
    Kind kind = address instanceof Inet4Address ? Kind.IPV4 : Kind.IPV6;
    byte[] bytes = address.getAddress();
    long bits = 0;
    for (int i = 0; i < kind.bytes; i++) {
      bits = (bits << BYTE_BITS) | (bytes[i] & 0xFF);
    }
    return new AddressRange(kind, bits);
  }

  /** In the usual notation: {@code 192.0.2.0/24}, {@code 2001:db8:1::/48}, or empty for none. */
  public String text() {
    return switch (kind) {
      case UNKNOWN -> "";
      case IPV4 -> (bits >> 16) + "." + ((bits >> 8) & 0xFF) + "." + (bits & 0xFF) + ".0/24";
      case IPV6 ->
          Long.toHexString(bits >> 32)
              + ":"
              + Long.toHexString((bits >> 16) & 0xFFFF)
              + ":"
              + Long.toHexString(bits & 0xFFFF)
              + "::/48";
    };
  }

  @Override
  public String toString() {
    return text();
  }
}
