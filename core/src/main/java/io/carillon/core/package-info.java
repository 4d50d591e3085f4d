/** The messaging engine as plain Java: builds a working node from the ports. */
@NullMarked
package io.carillon.core;

import org.jspecify.annotations.NullMarked;
