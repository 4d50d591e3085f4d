/** Attacks on a real server, each told by what the attacker does. */
@NullMarked
package io.carillon.standalone.attack;

import org.jspecify.annotations.NullMarked;
