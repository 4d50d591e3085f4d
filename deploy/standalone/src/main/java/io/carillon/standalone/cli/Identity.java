package io.carillon.standalone.cli;

import static io.carillon.client.Capability.HISTORY;
import static io.carillon.client.Capability.PRESENCE;
import static io.carillon.client.Capability.PUBLISH;
import static io.carillon.client.Capability.SUBSCRIBE;

import io.carillon.client.CarillonServer;
import io.carillon.client.ClientOptions;
import io.carillon.core.model.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Who connects, and by what. Immutable.
 *
 * @param clientId who it is on the server when the token is made here
 */
record Identity(String clientId, HttpClient http) {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  static Identity of(Arguments arguments, Target target) {
    String id = arguments.value("--client-id").orElse("cli-" + ProcessHandle.current().pid());
    return new Identity(id, http(target.url()));
  }

  /** Without TLS there is no need to read the certificates of the machine, which takes its time. */
  private static HttpClient http(URI url) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_MAX);
    if (url.getScheme().equals("http")) {
      try {
        SSLContext nobodyTrusted = SSLContext.getInstance("TLS");
        nobodyTrusted.init(null, new TrustManager[0], null);
        builder.sslContext(nobodyTrusted);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has TLS", e);
      }
    }
    return builder.build();
  }

  /** What the client library needs to know. */
  void put(ClientOptions options, Target target) {
    options.httpClient(http);
    switch (target.access()) {
      case Target.Access.Backend backend -> {
        CarillonServer server = server(target, backend);
        options.token(request -> token(server));
      }
      case Target.Access.Token token -> options.token(request -> text(token.token()));
      case Target.Access.Anybody anybody -> options.key(anybody.key());
    }
  }

  /** For everything. */
  String token(CarillonServer server) {
    return server
        .tokens()
        .issue(token -> token.clientId(clientId).allow("*", SUBSCRIBE, PUBLISH, PRESENCE, HISTORY));
  }

  /** The backend's side. */
  CarillonServer server(Target target, Target.Access.Backend backend) {
    return CarillonServer.of(target.url().toString(), backend.key(), text(backend.secret()), http);
  }

  private static String text(Secret secret) {
    return new String(secret.reveal(), StandardCharsets.UTF_8);
  }
}
