/** Mails by SMTP. */
@NullMarked
package io.carillon.smtp;

import org.jspecify.annotations.NullMarked;
