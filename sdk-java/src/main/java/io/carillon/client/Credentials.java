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

  /** A field of {@code hello}. */
  record Field(String name, String value) {
    /** The name only: the value is a secret. */
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  /** The application's key, which allows little and never changes. */
  record OfKey(String key) implements Credentials {
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
  record OfTokens(Tokens tokens) implements Credentials {
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
