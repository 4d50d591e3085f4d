/** Server processes, tenants, sockets and requests for the tests. */
@NullMarked
package io.carillon.acceptance.harness;

import org.jspecify.annotations.NullMarked;
