package io.carillon.chaos.work;

import io.carillon.chaos.cluster.Cluster;
import io.carillon.client.Capability;
import io.carillon.client.CarillonServer;
import java.net.http.HttpClient;

/** Who the suite's clients are for the cluster. Immutable. */
final class Access {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Access() {}

  /** Shared by all clients of the suite. */
  static HttpClient http() {
    return HTTP;
  }

  static CarillonServer server(String url) {
    return CarillonServer.of(url, Cluster.KEY, Cluster.SECRET, HTTP);
  }

  /** Signed here, as a backend does, without asking a node. */
  static String token(String clientId) {
    return server("http://127.0.0.1")
        .tokens()
        .issue(
            options -> {
              options.clientId(clientId);
              for (String kind : Names.KINDS) {
                options.allow(
                    kind + ":*",
                    Capability.SUBSCRIBE,
                    Capability.PUBLISH,
                    Capability.PRESENCE,
                    Capability.HISTORY);
              }
            });
  }

  static String hello(String clientId) {
    return "{\"t\":\"hello\",\"i\":1,\"token\":" + RawSocket.quoted(token(clientId)) + "}";
  }
}
