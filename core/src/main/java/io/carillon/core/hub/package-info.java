/** This node's index from channels to subscribers: encode once, hand the same frame to everyone. */
@NullMarked
package io.carillon.core.hub;

import org.jspecify.annotations.NullMarked;
