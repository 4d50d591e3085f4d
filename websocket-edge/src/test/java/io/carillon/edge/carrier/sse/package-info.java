@NullMarked
package io.carillon.edge.carrier.sse;

import org.jspecify.annotations.NullMarked;
