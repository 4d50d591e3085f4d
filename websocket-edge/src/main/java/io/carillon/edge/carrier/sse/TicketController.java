package io.carillon.edge.carrier.sse;

import io.carillon.core.auth.Tickets;
import io.carillon.edge.carrier.follow.Answers;
import io.carillon.edge.format.JsonBytes;
import io.carillon.edge.protocol.carillon.CarillonHttp;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;

/** Tickets, for streams whose client cannot send a header (13.3). Thread-safe. */
@Controller("/v1/tickets")
final class TicketController {
  private final CarillonHttp http;

  TicketController(CarillonHttp http) {
    this.http = http;
  }

  @Post
  @Consumes(MediaType.ALL)
  HttpResponse<?> issue(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    return switch (http.ticket(
        headers.get(HttpHeaders.AUTHORIZATION), headers.get(HttpHeaders.ORIGIN))) {
      case Tickets.IssueOutcome.Refused(var problem) -> Answers.refusal(problem);
      case Tickets.IssueOutcome.Issued(var ticket, var expiresAt) ->
          Answers.json(
              new JsonBytes(ticket.length() + 48)
                  .raw("{\"ticket\":\"")
                  .raw(ticket)
                  .raw("\",\"expires\":")
                  .number(expiresAt)
                  .raw("}")
                  .toBytes());
    };
  }
}
