package io.carillon.api.http;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.ChannelName;
import io.micronaut.json.tree.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Channel names from a stranger. Stateless. */
public final class ChannelNames {
  /** How many channels one message may go to. */
  public static final int CHANNELS_MAX = 100;

  private ChannelNames() {}

  public static Checked<ChannelName> checked(String text) {
    String problem = ChannelName.problemWith(text);
    return problem == null
        ? Checked.valid(ChannelName.of(text))
        : Checked.refused(ErrorCode.CHANNEL_NAME_INVALID, problem);
  }

  /** The name of a channel that is none of the server's own. */
  public static Checked<ChannelName> open(String text) {
    return text.startsWith(ChannelKind.INTERNAL.prefix())
        ? Checked.refused(
            ErrorCode.CHANNEL_NAME_INVALID,
            "channel name: " + Quoted.of(text) + " (expected: no # at its start)")
        : checked(text);
  }

  /** The channel of this user. */
  public static Checked<ChannelName> ofUser(String userId) {
    // a user who could not have a channel cannot have signed in either
    return ChannelName.problemWith(ChannelKind.USER.prefix() + userId) == null
        ? Checked.valid(ChannelName.ofUser(userId))
        : Checked.refused(
            ErrorCode.BAD_REQUEST,
            "user id: "
                + Quoted.of(userId)
                + " of "
                + userId.length()
                + " characters (expected: 1 to "
                + ChannelName.MAX_LENGTH
                + " without control characters)");
  }

  /** What {@code channel} or {@code channels} of a message says. */
  public static Checked<List<String>> texts(JsonNode json) {
    if (Members.get(json, "channels") == null) {
      return Members.string(json, "channel").then(channel -> Checked.valid(List.of(channel)));
    }
    return Members.get(json, "channel") == null
        ? Members.strings(json, "channels", CHANNELS_MAX)
        : Checked.refused(
            ErrorCode.BAD_REQUEST, "channel and channels: both (expected: one of them)");
  }

  /**
   * Distinct names, in the order in which they stand.
   *
   * @param name {@link #checked} or {@link #open}
   */
  public static Checked<List<ChannelName>> distinct(
      List<String> texts, Function<String, Checked<ChannelName>> name) {
    Set<ChannelName> names = new LinkedHashSet<>();
    boolean encrypted = false;
    for (String text : texts) {
      switch (name.apply(text)) {
        case Checked.Refused<ChannelName>(var problem) -> {
          return Checked.refused(problem);
        }
        case Checked.Valid<ChannelName>(var valid) -> {
          encrypted |= valid.kind().isEncrypted();
          names.add(valid);
        }
      }
    }
    return encrypted && names.size() > 1
        ? Checked.refused(
            ErrorCode.BAD_REQUEST,
            "channels: " + names.size() + " names (expected: an encrypted channel alone)")
        : Checked.valid(List.copyOf(names));
  }
}
