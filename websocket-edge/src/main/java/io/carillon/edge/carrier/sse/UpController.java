package io.carillon.edge.carrier.sse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Payload;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.follow.Answers;
import io.carillon.edge.format.ClientJson;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What clients send beside their streams (13.8): frames for the session that a stream's welcome has
 * named. Thread-safe.
 */
@Controller("/v1/up")
final class UpController {
  private final SseCarriers streams;
  private final EdgeSettings settings;

  UpController(SseCarriers streams, EdgeSettings settings) {
    this.streams = streams;
    this.settings = settings;
  }

  /** Any content type, so that a page's request can be a simple one. */
  @Post
  @Consumes(MediaType.ALL)
  CompletionStage<HttpResponse<?>> up(@Body byte @Nullable [] body) {
    if (body == null || body.length > settings.messageBytesMax()) {
      return refused(
          Problem.of(
              body == null ? ErrorCode.BAD_REQUEST : ErrorCode.REQUEST_TOO_LARGE,
              "body (expected: 1 to " + settings.messageBytesMax() + " bytes)"));
    }
    Upward upward;
    try {
      upward = Upward.read(body);
    } catch (IOException e) {
      return refused(
          Problem.of(ErrorCode.MALFORMED_FRAME, "expected {\"session\":…,\"frames\":[…]}"));
    }
    SseCarrier stream = streams.find(upward.session());
    return stream == null
        ? refused(Problem.of(ErrorCode.SESSION_UNKNOWN))
        : stream
            .receive(upward.frames().bytes())
            .thenApply(
                problem -> problem == null ? HttpResponse.noContent() : Answers.refusal(problem));
  }

  private static CompletionStage<HttpResponse<?>> refused(Problem problem) {
    return CompletableFuture.completedFuture(Answers.refusal(problem));
  }

  /** The body, with the frames as a message of their own. */
  private record Upward(String session, Payload frames) {
    static Upward read(byte[] body) throws IOException {
      String session = null;
      Payload frames = null;
      try (JsonParser parser = ClientJson.FACTORY.createParser(body)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new IOException("not an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (name.equals("session") && value == JsonToken.VALUE_STRING) {
            session = parser.getText();
          } else if (name.equals("frames") && value == JsonToken.START_ARRAY) {
            frames = ClientJson.payload(parser);
          } else {
            parser.skipChildren();
          }
        }
      }
      if (session == null || frames == null) {
        throw new IOException("without session or frames");
      }
      return new Upward(session, frames);
    }
  }
}
