/** The fault suite: real processes, faults by schedule, and what clients saw of them. */
@NullMarked
package io.carillon.chaos;

import org.jspecify.annotations.NullMarked;
