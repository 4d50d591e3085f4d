package io.carillon.api.http;

import io.carillon.core.error.Problem;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes what the calls under {@code /v1} answer. Thread-safe. */
@Singleton
public final class JsonReplies {
  private final JsonMapper json;

  JsonReplies(JsonMapper json) {
    this.json = json;
  }

  public byte[] bytes(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** A refusal, which says when to come back where that is known. */
  public Reply problem(Problem problem) {
    Reply reply =
        new Reply(
            problem.code().httpStatus(),
            ProblemBody.MEDIA_TYPE.toString(),
            bytes(ProblemBody.of(problem)));
    RateHeaders.retryAfter(reply, problem);
    return reply;
  }
}
