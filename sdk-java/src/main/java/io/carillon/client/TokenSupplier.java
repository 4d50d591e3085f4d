package io.carillon.client;

/**
 * Gets client tokens, usually from the application's backend. Called whenever one is needed, never
 * twice at once, on a thread that may wait.
 */
@FunctionalInterface
public interface TokenSupplier {
  /**
   * A token that the backend signed for this client.
   *
   * @param request why one is needed
   * @throws Exception when there is none at present; it is asked again after a pause
   */
  String get(TokenRequest request) throws Exception;
}
