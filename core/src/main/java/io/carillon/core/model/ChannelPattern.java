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
    // the x makes a name of a bare prefix; a text of full length is longer than any prefix
    String name = plain.length() < ChannelName.MAX_LENGTH ? "x" + plain : plain;
    if (plain.isEmpty() || plain.startsWith("#") || ChannelName.problemWith(name) != null) {
      throw new IllegalArgumentException(
          "channel pattern: " + text + " (expected: a channel name in which * stands for any run)");
    }
  }

  /**
   * Goes back to the newest {@code *} only, so the time is bounded by the product of both lengths:
   * an older one could not help, because none passes a {@code :}.
   */
  public boolean matches(ChannelName channel) {
    String name = channel.value();
    int p = 0;
    int n = 0;
    int afterStar = -1;
    int runEnd = 0;
    while (n < name.length() || p < text.length()) {
      if (isStar(p)) {
        if (isLastSegment(p) && n < name.length()) {
          return true;
        }
        afterStar = ++p;
        runEnd = n;
      } else if (p < text.length() && n < name.length() && text.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (afterStar >= 0 && runEnd < name.length() && name.charAt(runEnd) != ':') {
        p = afterStar;
        n = ++runEnd;
      } else {
        return false;
      }
    }
    return true;
  }

  private boolean isStar(int at) {
    return at < text.length() && text.charAt(at) == '*';
  }

  private boolean isLastSegment(int star) {
    return star == text.length() - 1 && (star == 0 || text.charAt(star - 1) == ':');
  }
}
