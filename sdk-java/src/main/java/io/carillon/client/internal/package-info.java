/** What the library shares with its testkit, and with nobody else. */
@NullMarked
package io.carillon.client.internal;

import org.jspecify.annotations.NullMarked;
