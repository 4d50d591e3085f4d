@NullMarked
package io.carillon.standalone.guard;

import org.jspecify.annotations.NullMarked;
