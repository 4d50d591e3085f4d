/** The files of an installation: its settings and what its data folder keeps. */
@NullMarked
package io.carillon.standalone.files;

import org.jspecify.annotations.NullMarked;
