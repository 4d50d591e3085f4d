/** What every HTTP dialect needs: JSON, checked input, stages, who still uses which key. */
@NullMarked
package io.carillon.api.http;

import org.jspecify.annotations.NullMarked;
