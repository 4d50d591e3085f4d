package io.carillon.core.model;

import java.util.Comparator;

/**
 * Which channel names a rule is for: text with {@code *}, which stands for any run of characters
 * but {@code :}; a last segment of just {@code *} stands for all segments that follow. So {@code
 * chat:*} has {@code chat:1} and {@code chat:1:typing}, and {@code presence-*} has every presence
 * channel without a namespace.
 *
 * @param text 1 to 200 characters of a channel name, or {@code *}
 */
public record ChannelPattern(String text) {
  /**
   * Which of two patterns for the same channel counts: the one whose text goes on longer before its
   * first {@code *}, and a name without any before all; then the one with more characters that are
   * no {@code *}; then the one that comes first in the order of texts. So {@code chat:lobby} comes
   * before {@code chat:*:typing}, that before {@code chat:*}, and {@code *} last.
   */
  public static final Comparator<ChannelPattern> MOST_SPECIFIC_FIRST =
      Comparator.comparingInt(ChannelPattern::plainStart)
          .thenComparingInt(ChannelPattern::plainCharacters)
          .reversed()
          .thenComparing(ChannelPattern::text);

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

  /** Whether it is for every channel there is. */
  public boolean isEvery() {
    return text.equals("*");
  }

  private int plainStart() {
    int star = text.indexOf('*');
    return star < 0 ? Integer.MAX_VALUE : star;
  }

  private int plainCharacters() {
    return (int) text.chars().filter(c -> c != '*').count();
  }

  private boolean isStar(int at) {
    return at < text.length() && text.charAt(at) == '*';
  }

  private boolean isLastSegment(int star) {
    return star == text.length() - 1 && (star == 0 || text.charAt(star - 1) == ':');
  }
}
