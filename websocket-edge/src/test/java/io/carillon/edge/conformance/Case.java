package io.carillon.edge.conformance;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case: what a client does and what has to come of it. Immutable.
 *
 * @param id as Autobahn's suite numbers it; with a letter where that has none
 * @param clause of RFC 6455, unless it names another
 * @param offer the extensions that the client asks for, or an empty text
 * @param expected in the words of {@link Peer#hear}, by endpoint; one without is not asked
 */
record Case(
    String id,
    String title,
    String clause,
    String offer,
    Map<Endpoint, String> expected,
    Script script) {

  /** What the client does. */
  interface Script {
    void play(Peer peer) throws IOException;
  }

  Case {
    expected = Collections.unmodifiableMap(new EnumMap<>(expected));
  }

  /** The same at every endpoint. */
  static Case of(String id, String title, String clause, String expected, Script script) {
    Map<Endpoint, String> everywhere = new EnumMap<>(Endpoint.class);
    for (Endpoint endpoint : Endpoint.values()) {
      everywhere.put(endpoint, expected);
    }
    return new Case(id, title, clause, "", everywhere, script);
  }

  /** One of text, which is nothing for MessagePack. */
  static Case ofText(String id, String title, String clause, String expected, Script script) {
    return of(id, title, clause, expected, script).on(Endpoint.MSGPACK, null);
  }

  /** Another outcome at this endpoint; null leaves it out. */
  Case on(Endpoint endpoint, @Nullable String outcome) {
    Map<Endpoint, String> changed = new EnumMap<>(expected);
    if (outcome == null) {
      changed.remove(endpoint);
    } else {
      changed.put(endpoint, outcome);
    }
    return new Case(id, title, clause, offer, changed, script);
  }

  /** With an offer of extensions in the handshake. */
  Case offering(String extensions) {
    return new Case(id, title, clause, extensions, expected, script);
  }

  /** The expected words, one by one: {@code "2 pong, answer"} is three. */
  static List<String> words(String outcome) {
    return Arrays.stream(outcome.split(", ", -1))
        .flatMap(
            word -> {
              int space = word.indexOf(' ');
              boolean counted = space > 0 && Character.isDigit(word.charAt(0));
              int times = counted ? Integer.parseInt(word.substring(0, space)) : 1;
              return Collections.nCopies(times, counted ? word.substring(space + 1) : word)
                  .stream();
            })
        .toList();
  }
}
