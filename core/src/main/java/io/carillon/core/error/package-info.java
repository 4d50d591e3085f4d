/**
 * The one catalogue of errors: number, slug, retry class, remedy, and their numbers in each
 * protocol.
 */
@NullMarked
package io.carillon.core.error;

import org.jspecify.annotations.NullMarked;
