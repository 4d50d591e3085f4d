package io.carillon.edge.protocol.pusher;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelKind.Access;
import io.carillon.core.model.ChannelName;
import io.carillon.core.session.Grant;
import io.carillon.core.session.Session;
import io.carillon.edge.format.ClientJson;
import io.carillon.edge.protocol.pusher.PusherCommand.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code <key>:<hex HMAC-SHA256 of "<socket_id>:<channel>[:<channel_data>]">} on channels
 * that need it. Channel data has to begin as an object does, which no name can: else what a backend
 * signed for the native name {@code private-a:b} would do for {@code private-a} with the data
 * {@code b}.
 */
final class ChannelSignature {
  /** What the check found. */
  sealed interface Checked {
    record Good(Grant grant) implements Checked {}

    record Bad(Problem problem) implements Checked {}
  }

  private ChannelSignature() {}

  static Checked check(Session session, ChannelName name, Subscribe command) {
    if (name.kind().access() != Access.SIGNED) {
      return new Checked.Good(Grant.NONE);
    }
    SignedAuth auth = SignedAuth.parse(session.app(), command.auth());
    if (auth == null) {
      return bad("Invalid key in subscription auth data: '" + keyIn(command.auth()) + "'");
    }
    String text = session.id().socketId() + ":" + name.value();
    String data = command.channelData();
    if (data != null && !name.kind().isPresence() && !data.stripLeading().startsWith("{")) {
      return bad(
          "Invalid channel_data: '" + ClientJson.shortened(data) + "' (expected: an object)");
    }
    String signed = data == null ? text : text + ":" + data;
    if (!auth.signs(signed)) {
      return bad(
          "Invalid signature: Expected HMAC SHA256 hex digest of "
              + (data == null ? text : text + ":<channel_data>"));
    }
    if (!name.kind().isPresence() || data == null) {
      return new Checked.Good(new Grant.Signed(null, auth.key().id()));
    }
    return switch (ChannelData.parse(data)) {
      case ChannelData.Parsed.Good(var member) ->
          new Checked.Good(new Grant.Signed(member, auth.key().id()));
      case ChannelData.Parsed.Bad(var problem) -> new Checked.Bad(problem);
    };
  }

  private static String keyIn(@Nullable String auth) {
    String text = auth == null ? "" : auth;
    int colon = text.indexOf(':');
    String key = colon < 0 ? text : text.substring(0, colon);
    return ClientJson.shortened(key);
  }

  private static Checked bad(String detail) {
    // the text begins as the hosted service's does, because people search for it
    return new Checked.Bad(new Problem(ErrorCode.SIGNATURE_INVALID, detail));
  }
}
