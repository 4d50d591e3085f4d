/** What keeps one client from using up the process before anybody knows who it is. */
@NullMarked
package io.carillon.standalone.guard;

import org.jspecify.annotations.NullMarked;
