/** The door: which requests become sockets or streams, and the pipeline each of them gets. */
@NullMarked
package io.carillon.edge.listen;

import org.jspecify.annotations.NullMarked;
