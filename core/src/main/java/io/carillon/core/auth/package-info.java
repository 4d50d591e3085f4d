/** Signatures, client tokens and their capabilities: who may do what. */
@NullMarked
package io.carillon.core.auth;

import org.jspecify.annotations.NullMarked;
