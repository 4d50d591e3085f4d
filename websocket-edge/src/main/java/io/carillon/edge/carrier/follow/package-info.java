/** What the carriers have in common that keep their clients' positions. */
@NullMarked
package io.carillon.edge.carrier.follow;

import org.jspecify.annotations.NullMarked;
