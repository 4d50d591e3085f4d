/** The processes that a run is made of, and the ways to harm them. */
@NullMarked
package io.carillon.chaos.cluster;

import org.jspecify.annotations.NullMarked;
