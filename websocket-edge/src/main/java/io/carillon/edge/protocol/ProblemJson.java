package io.carillon.edge.protocol;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.edge.format.JsonBytes;
import java.util.Locale;

/** Problems as RFC 9457 writes them, in the same form as those of the REST API. Stateless. */
public final class ProblemJson {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String CATALOGUE = "/docs/errors.md#";

  private ProblemJson() {}

  public static byte[] of(Problem problem) {
    ErrorCode code = problem.code();
    return new JsonBytes(256)
        .raw("{\"type\":\"")
        .raw(CATALOGUE)
        .raw(code.slug())
        .raw("\",\"title\":")
        .string(code.sentence())
        .raw(",\"status\":")
        .number(code.httpStatus())
        .raw(",\"detail\":")
        .string(problem.detail())
        .raw(",\"code\":\"")
        .raw(code.slug())
        .raw("\",\"number\":")
        .number(code.number())
        .raw(",\"retry\":\"")
        .raw(code.retry().name().toLowerCase(Locale.ROOT))
        .raw("\"}")
        .toBytes();
  }
}
