/** What is read and answered about channels, whoever asks. */
@NullMarked
package io.carillon.api.http.channels;

import org.jspecify.annotations.NullMarked;
