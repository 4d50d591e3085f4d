package io.carillon.core.auth;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.core.auth.Tickets.IssueOutcome;
import io.carillon.core.auth.Tickets.TakeOutcome;
import io.carillon.fuzz.Apps;
import io.carillon.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tickets: no text is one that was not made here, no change leaves one right, none counts twice.
 */
class TicketsFuzzTest {
  static Stream<byte[]> seeds() {
    return Input.seeds(
        "\u0003", "a.b.c", "AQVrZXktMQ", "AQVrZXktMQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void onlyATicketOfThisServerIsTakenAndOnce(byte[] data) {
    Tickets tickets = new Tickets(Apps.DIRECTORY, Apps.TICKER);
    Input input = new Input(data);
    int change = input.next();
    String text = input.restAsText();
    Input.check(tickets.take(text) instanceof TakeOutcome.Refused, "a ticket that nobody made");
    if (!(tickets.issue(Apps.KEY.id(), text, null)
        instanceof IssueOutcome.Issued(var ticket, var end))) {
      Input.check(
          text.getBytes(StandardCharsets.UTF_8).length > Tickets.TOKEN_BYTES_MAX, "refused");
      return;
    }
    int at = change * ticket.length() / 256;
    char other = ticket.charAt(at) == 'A' ? 'Q' : 'A';
    if (at < ticket.length() - 1) { // the last character may have bits to spare
      String changed = ticket.substring(0, at) + other + ticket.substring(at + 1);
      Input.check(tickets.take(changed) instanceof TakeOutcome.Refused, "a changed ticket");
    }
    Input.check(
        tickets.take(ticket) instanceof TakeOutcome.Taken(var token) && token.equals(text),
        "not its token");
    Input.check(tickets.take(ticket) instanceof TakeOutcome.Refused, "taken twice");
  }
}
