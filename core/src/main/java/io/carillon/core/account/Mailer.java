package io.carillon.core.account;

/** Sends mails. Thread-safe. */
public interface Mailer {
  /** Hands the mail over and answers at once; what fails later is logged, without the link. */
  void send(Mail mail);

  /**
   * A mail of plain text. Immutable.
   *
   * @param link where the reader is led; it opens what the mail is about, so it is a secret
   */
  record Mail(EmailAddress to, String subject, String text, String link) {
    /** Leaves the link out. */
    @Override
    public String toString() {
      return "Mail[to=" + to + ", subject=" + subject + "]";
    }
  }
}
