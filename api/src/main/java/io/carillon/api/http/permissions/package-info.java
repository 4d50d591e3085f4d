/** What would be decided, and the fields of tokens and of questions about them, whoever asks. */
@NullMarked
package io.carillon.api.http.permissions;

import org.jspecify.annotations.NullMarked;
