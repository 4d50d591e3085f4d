/** Tells tenants' servers what happens on their channels: what, to whom, when again. */
@NullMarked
package io.carillon.core.webhook;

import org.jspecify.annotations.NullMarked;
