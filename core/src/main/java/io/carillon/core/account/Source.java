package io.carillon.core.account;

/**
 * Where a request came from. Immutable.
 *
 * @param address of the client, as far as proxies that are trusted tell it
 * @param browser as it calls itself, up to {@link #BROWSER_MAX} characters; empty when it does not
 */
public record Source(String address, String browser) {
  public static final int BROWSER_MAX = 200;

  public Source {
    String shown = browser.replaceAll("\\p{Cntrl}", " ");
    browser = shown.length() <= BROWSER_MAX ? shown : shown.substring(0, BROWSER_MAX);
  }

  public Source(String address) {
    this(address, "");
  }
}
