@NullMarked
package io.carillon.edge.carrier.poll;

import org.jspecify.annotations.NullMarked;
