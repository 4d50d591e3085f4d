package io.carillon.core.config;

import java.net.InetAddress;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}. Immutable.
 *
 * @param network any address of the block
 * @param prefix how many leading bits the block's addresses share
 */
public record Cidr(InetAddress network, int prefix) {
  public Cidr {
    int bits = network.getAddress().length * Byte.SIZE;
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0.." + bits + ")");
    }
  }

  /** Reads an address or a block; a plain address is a block of one. Never asks a name server. */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      InetAddress address = InetAddress.ofLiteral(text);
      return new Cidr(address, address.getAddress().length * Byte.SIZE);
    }
    return new Cidr(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether the address lies in the block; an address of the other IP version never does. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }
}
