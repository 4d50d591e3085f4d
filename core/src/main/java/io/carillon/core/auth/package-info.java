/** Signatures: who may do what, decided from a key's secret. */
@NullMarked
package io.carillon.core.auth;

import org.jspecify.annotations.NullMarked;
