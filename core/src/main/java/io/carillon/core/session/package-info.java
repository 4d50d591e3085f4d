/** One client's life: what it subscribed to, who it is, what it may send. */
@NullMarked
package io.carillon.core.session;

import org.jspecify.annotations.NullMarked;
