package io.carillon.core.model;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pattern matches what its words say, in time that no pattern makes long; the more specific one
 * of two is the same from both sides.
 */
class ChannelPatternFuzzTest {
  private static final long NANOS_MAX = 50_000_000;

  static Stream<byte[]> seeds() {
    return Stream.of(
        Input.pair("chat:*", "chat:1:typing"),
        Input.pair("*", "anything"),
        Input.pair("presence-*", "presence-a"),
        Input.pair("a*b*c*d", "abcbcd"),
        Input.pair("*:*:*x", "a:b:c:d"),
        Input.pair("a**:*", "a:b"),
        Input.pair("private-*:", "private-a:"),
        Input.pair("*a*a*a*a*a*a*a*a*a*b", "a".repeat(50)));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void matchesWhatItsWordsSay(byte[] data) {
    Input input = new Input(data);
    String text = new String(input.part(), StandardCharsets.ISO_8859_1);
    String name = input.restAsLatin();
    ChannelPattern pattern = pattern(text);
    ChannelPattern other = pattern(name);
    if (pattern != null && other != null) {
      int order = ChannelPattern.MOST_SPECIFIC_FIRST.compare(pattern, other);
      Input.check(
          Integer.signum(order)
              == -Integer.signum(ChannelPattern.MOST_SPECIFIC_FIRST.compare(other, pattern)),
          text + " and " + name + " come before each other");
      Input.check((order == 0) == text.equals(name), text + " and " + name + " are the same");
    }
    if (pattern == null || ChannelName.problemWith(name) != null) {
      return;
    }
    ChannelName channel = ChannelName.of(name);
    long start = Cost.cpuNanos();
    boolean matches = pattern.matches(channel);
    Input.check(Cost.cpuNanos() - start < NANOS_MAX, text + " takes long for " + name);
    Cost.check(0, () -> pattern.matches(channel));
    if (channel.kind() != ChannelKind.USER && channel.kind() != ChannelKind.INTERNAL) {
      Input.check(
          matches == says(text, name), text + (matches ? " matches " : " does not match ") + name);
    }
  }

  private static @Nullable ChannelPattern pattern(String text) {
    try {
      return new ChannelPattern(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** By a table of all pairs of a word's rest and a name's rest. */
  private static boolean says(String text, String name) {
    boolean[] behind = new boolean[name.length() + 1];
    behind[name.length()] = true;
    for (int p = text.length() - 1; p >= 0; p--) {
      boolean[] now = new boolean[name.length() + 1];
      boolean tail = p == text.length() - 1 && (p == 0 || text.charAt(p - 1) == ':');
      for (int n = name.length(); n >= 0; n--) {
        boolean more = n < name.length();
        now[n] =
            text.charAt(p) == '*'
                ? tail || behind[n] || (more && name.charAt(n) != ':' && now[n + 1])
                : more && text.charAt(p) == name.charAt(n) && behind[n + 1];
      }
      behind = now;
    }
    return behind[0];
  }
}
