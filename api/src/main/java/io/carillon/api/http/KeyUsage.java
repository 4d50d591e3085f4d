package io.carillon.api.http;

import io.carillon.core.Node;
import io.carillon.core.config.Proxies;
import io.carillon.core.inspect.KeyUses;
import io.carillon.core.inspect.RefusalLog.By;
import io.carillon.core.inspect.RefusalLog.Refusal;
import io.carillon.core.model.AddressRange;
import io.carillon.core.model.AppId;
import io.carillon.core.model.Client;
import io.carillon.core.model.Client.Protocol;
import io.carillon.core.model.KeyId;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the node which program used a key for a request, and what was refused to whom. Thread-safe.
 */
@Singleton
public final class KeyUsage {
  private static final String FORWARDED = "X-Forwarded-For";

  private final Node node;
  private final KeyUses uses;
  private final Proxies proxies;

  KeyUsage(Node node, @Value("${carillon.trusted-proxies:}") List<String> trusted) {
    this.node = node;
    this.uses = node.keyUses();
    this.proxies = Proxies.parse(trusted);
  }

  /** The key was used; to be called for authenticated requests only. */
  public void used(KeyId key, @Nullable String library, Inbound request) {
    InetAddress peer =
        request.peer() instanceof InetSocketAddress internet ? internet.getAddress() : null;
    InetAddress client = proxies.client(peer, request.headers().all(FORWARDED));
    uses.used(key, Client.of(Protocol.REST, library, AddressRange.of(client)));
  }

  /** The application was refused this. */
  public void refused(AppId app, @Nullable KeyId key, Refusal refusal) {
    node.refusals().add(app, refusal, new By(key, null));
  }
}
