/** What a single process is assembled from: the node over the in-process engine. */
@NullMarked
package io.carillon.standalone.wiring;

import org.jspecify.annotations.NullMarked;
