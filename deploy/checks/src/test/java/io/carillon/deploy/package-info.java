/** What can be said of the files below {@code deploy} without what they are for. */
@NullMarked
package io.carillon.deploy;

import org.jspecify.annotations.NullMarked;
