/** A server in memory for the tests of applications that use Carillon's client library. */
module io.carillon.client.testing {
  // not transitive: modules that use this one would no longer compile without it
  requires static org.jspecify;
  requires transitive io.carillon.client;

  exports io.carillon.client.testing;
}
