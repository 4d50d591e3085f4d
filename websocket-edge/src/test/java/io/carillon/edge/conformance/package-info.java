/** RFC 6455 and RFC 7692 on real sockets, case by case as Autobahn's suite has them. */
@NullMarked
package io.carillon.edge.conformance;

import org.jspecify.annotations.NullMarked;
