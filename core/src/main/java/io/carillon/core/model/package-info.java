/** Immutable nouns: applications, channels, positions, messages. No time, no I/O. */
@NullMarked
package io.carillon.core.model;

import org.jspecify.annotations.NullMarked;
