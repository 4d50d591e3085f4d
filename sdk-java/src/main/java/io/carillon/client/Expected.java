package io.carillon.client;

import static java.util.Objects.requireNonNull;

import io.carillon.client.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The forms that the protocol gives to what is signed. None can hold what separates the parts of a
 * signed text, so a signature never fits a second purpose. Stateless.
 */
final class Expected {
  /** The documentation says 164, the server libraries allow 200. */
  private static final int MAX_CHANNEL_LENGTH = 200;

  private static final int MAX_SOCKET_ID_LENGTH = 64;
  private static final int SHOWN_LENGTH = 40;

  private static final Pattern SOCKET_ID = Pattern.compile("[0-9]+\\.[0-9]+");
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9_\\-=@,.;]+");

  private static final String ENCRYPTED = "private-encrypted-";

  /** The longest first, since {@code private-encrypted-} begins with {@code private-}. */
  private static final String[] PREFIXES = {
    "private-encrypted-cache-",
    ENCRYPTED,
    "private-cache-",
    "private-",
    "presence-cache-",
    "presence-"
  };

  private Expected() {}

  static String key(String key) {
    requireNonNull(key, "key");
    return check(!key.isEmpty() && key.indexOf(':') < 0, "key", key, "characters other than :");
  }

  static String socketId(String socketId) {
    requireNonNull(socketId, "socketId");
    boolean fine =
        socketId.length() <= MAX_SOCKET_ID_LENGTH && SOCKET_ID.matcher(socketId).matches();
    return check(fine, "socketId", socketId, "<digits>.<digits>");
  }

  static String privateChannel(String channel) {
    return channel("private-", channel);
  }

  static String presenceChannel(String channel) {
    return channel("presence-", channel);
  }

  static String encryptedChannel(String channel) {
    return channel(ENCRYPTED, channel);
  }

  static boolean isEncrypted(String channel) {
    return channel.startsWith(ENCRYPTED);
  }

  /** Only the braces are looked at: what is inside is the server's to judge. */
  static String jsonObject(String name, String text) {
    requireNonNull(text, name);
    String trimmed = text.strip();
    boolean fine =
        trimmed.startsWith("{")
            && trimmed.endsWith("}")
            // a lone surrogate has no bytes to sign
            && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    return check(fine, name, text, "a JSON object");
  }

  private static String channel(String prefix, String channel) {
    requireNonNull(channel, "channel");
    boolean fine =
        channel.startsWith(prefix)
            && channel.length() <= MAX_CHANNEL_LENGTH
            && channel.length() > longestPrefix(channel).length()
            && CHANNEL.matcher(channel).matches();
    return check(
        fine,
        "channel",
        channel,
        prefix + " and then 1 or more of A-Z a-z 0-9 _ - = @ , . ; up to 200 in all");
  }

  private static String longestPrefix(String channel) {
    for (String prefix : PREFIXES) {
      if (channel.startsWith(prefix)) {
        return prefix;
      }
    }
    return "";
  }

  private static String check(boolean fine, String name, String value, String expected) {
    if (!fine) {
      String shown =
          value.length() <= SHOWN_LENGTH ? value : value.substring(0, SHOWN_LENGTH) + "…";
      throw new IllegalArgumentException(
          name + ": " + Json.quoted(shown) + " (expected: " + expected + ")");
    }
    return value;
  }
}
