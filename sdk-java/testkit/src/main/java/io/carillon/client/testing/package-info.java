/** For the tests of applications: a server in memory, and a clock that a test moves. */
@NullMarked
package io.carillon.client.testing;

import org.jspecify.annotations.NullMarked;
