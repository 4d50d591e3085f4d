package io.carillon.core.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies in front that are trusted to say where a request comes from. Immutable.
 *
 * @param trusted their addresses
 */
public record Proxies(List<Cidr> trusted) {
  /** Literal addresses, so that no name is ever looked up. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");

  public Proxies {
    trusted = List.copyOf(trusted);
  }

  /** From the setting's texts; blank ones are left out. */
  public static Proxies parse(List<String> blocks) {
    return new Proxies(blocks.stream().filter(it -> !it.isBlank()).map(Cidr::parse).toList());
  }

  /**
   * Where a request comes from: the peer, or, when that is a proxy that is trusted, the last of
   * {@code X-Forwarded-For} that is none.
   *
   * @param peer null when it has no address
   * @param forwarded the headers, in their order
   */
  public @Nullable InetAddress client(@Nullable InetAddress peer, List<String> forwarded) {
    if (peer == null || forwarded.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    List<String> hops = new ArrayList<>();
    forwarded.forEach(header -> hops.addAll(List.of(header.split(",", -1))));
    InetAddress client = peer;
    for (String hop : hops.reversed()) {
      InetAddress before = isTrusted(client) ? literal(hop.strip()) : null;
      if (before == null) {
        break;
      }
      client = before;
    }
    return client;
  }

  private boolean isTrusted(InetAddress peer) {
    return trusted.stream().anyMatch(block -> block.contains(peer));
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return LITERAL.matcher(text).matches() ? InetAddress.ofLiteral(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
