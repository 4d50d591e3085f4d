/** The express way: requests that come by the thousand are served before the framework. */
@NullMarked
package io.carillon.api.listen;

import org.jspecify.annotations.NullMarked;
