package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.PercentCoded;
import java.util.List;

/**
 * A request's path: its segments as their sender meant them, and the texts that a library may have
 * signed for it. Immutable.
 *
 * @param segments decoded, without the empty one before the first slash
 * @param signable the path as sent, and decoded where that reads differently
 */
record RequestPath(List<String> segments, List<String> signable) {

  static Checked<RequestPath> of(String raw) {
    return PercentCoded.segments(raw)
        .then(segments -> Checked.valid(new RequestPath(segments, signable(raw, segments))));
  }

  /**
   * Libraries sign the path before they encode it for the wire; callers who encode a name
   * themselves get the encoded path signed. Decoded text that could be read as encoded is left out:
   * it would give one signature two meanings.
   */
  private static List<String> signable(String raw, List<String> segments) {
    String decoded = "/" + String.join("/", segments);
    boolean ambiguous = decoded.equals(raw) || PercentCoded.hasEscape(decoded);
    return ambiguous ? List.of(raw) : List.of(raw, decoded);
  }
}
