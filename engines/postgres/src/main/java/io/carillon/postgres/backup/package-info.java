/** One team's data in a file, and back into the same or another installation. */
@NullMarked
package io.carillon.postgres.backup;

import org.jspecify.annotations.NullMarked;
