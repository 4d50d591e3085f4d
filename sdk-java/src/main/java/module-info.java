/** Carillon's client library for Java; needs nothing but the JDK. */
@SuppressWarnings("module") // the testkit is a later module of the build
module io.carillon.client {
  // not transitive: modules that use this one would no longer compile without it
  requires static org.jspecify;
  requires transitive java.net.http;

  exports io.carillon.client;
  exports io.carillon.client.internal to
      io.carillon.client.testing;
}
