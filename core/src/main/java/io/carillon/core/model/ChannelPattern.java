package io.carillon.core.model;

/**
 * Which channel names a rule is for: text with {@code *}, which stands for any run of characters
 * but {@code :}; a last segment of just {@code *} stands for all segments that follow. So {@code
 * chat:*} has {@code chat:1} and {@code chat:1:typing}, and {@code presence-*} has every presence
 * channel without a namespace.
 *
 * @param text 1 to 200 characters of a channel name, or {@code *}
 */
public record ChannelPattern(String text) {
  public ChannelPattern {
    String plain = text.replace('*', '-');
    String problem = plain.isEmpty() ? "empty" : ChannelName.problemWith("x" + plain.substring(1));
    if (text.length() > ChannelName.MAX_LENGTH || problem != null) {
      throw new IllegalArgumentException(
          "channel pattern: " + text + " (expected: a channel name in which * stands for any run)");
    }
  }

  public boolean matches(ChannelName name) {
    return matches(0, name.value(), 0);
  }

  private boolean matches(int patternAt, String name, int nameAt) {
    int p = patternAt;
    int n = nameAt;
    while (p < text.length()) {
      char c = text.charAt(p);
      if (c == '*') {
        boolean lastSegment =
            p == text.length() - 1 && (p == 0 || text.charAt(p - 1) == ':') && n < name.length();
        return lastSegment || matchesRun(p + 1, name, n);
      }
      if (n >= name.length() || name.charAt(n) != c) {
        return false;
      }
      p++;
      n++;
    }
    return n == name.length();
  }

  private boolean matchesRun(int patternAt, String name, int nameAt) {
    for (int n = nameAt; n <= name.length(); n++) {
      if (matches(patternAt, name, n)) {
        return true;
      }
      if (n < name.length() && name.charAt(n) == ':') {
        return false;
      }
    }
    return false;
  }
}
