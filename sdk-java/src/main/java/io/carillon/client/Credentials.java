package io.carillon.client;

import io.carillon.client.TokenRequest.Reason;
import java.util.concurrent.CompletableFuture;

/** Who the client is. Confined to the lane. */
sealed interface Credentials {
  /** The field of {@code hello}; the future is completed on the lane. */
  CompletableFuture<Field> get();

  boolean canRenew();

  /** A new token for the same connection. */
  CompletableFuture<String> renew();

  /** The server did not take what it got. */
  void refuse(CarillonException error);

  /** A field of {@code hello}, whose value is a secret. Immutable. */
  final class Field {
    final String name;
    final String value;

    Field(String name, String value) {
      this.name = name;
      this.value = value;
    }
  }

  /** The application's key, which allows little and never changes. */
  final class OfKey implements Credentials {
    private final String key;

    OfKey(String key) {
      this.key = key;
    }

    @Override
    public CompletableFuture<Field> get() {
      return CompletableFuture.completedFuture(new Field("key", key));
    }

    @Override
    public boolean canRenew() {
      return false;
    }

    @Override
    public CompletableFuture<String> renew() {
      return new CompletableFuture<>();
    }

    @Override
    public void refuse(CarillonException error) {}
  }

  /** Tokens of the application's backend. */
  final class OfTokens implements Credentials {
    private final Tokens tokens;

    OfTokens(Tokens tokens) {
      this.tokens = tokens;
    }

    @Override
    public CompletableFuture<Field> get() {
      return tokens.get().thenApply(token -> new Field("token", token));
    }

    @Override
    public boolean canRenew() {
      return true;
    }

    @Override
    public CompletableFuture<String> renew() {
      return tokens.ask(Reason.RENEW);
    }

    @Override
    public void refuse(CarillonException error) {
      tokens.refuse(error);
    }
  }
}
