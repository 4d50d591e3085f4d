/** Who somebody is by a provider of OpenID Connect. */
@NullMarked
package io.carillon.oidc;

import org.jspecify.annotations.NullMarked;
