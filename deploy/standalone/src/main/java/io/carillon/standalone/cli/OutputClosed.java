package io.carillon.standalone.cli;

/** Whoever read the results has gone, as {@code head} does; there is nothing to say about it. */
final class OutputClosed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputClosed() {
    super("the output is closed", null, false, false);
  }
}
