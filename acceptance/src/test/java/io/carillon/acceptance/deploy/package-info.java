/** What is below {@code deploy}, run as an operator would. */
@NullMarked
package io.carillon.acceptance.deploy;

import org.jspecify.annotations.NullMarked;
