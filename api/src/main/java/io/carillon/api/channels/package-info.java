/** What a backend can ask about channels: who is there, what was said. */
@NullMarked
package io.carillon.api.channels;

import org.jspecify.annotations.NullMarked;
