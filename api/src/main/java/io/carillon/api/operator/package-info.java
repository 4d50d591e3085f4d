/** What the operator of the platform does: plans, and who has which. */
@NullMarked
package io.carillon.api.operator;

import org.jspecify.annotations.NullMarked;
