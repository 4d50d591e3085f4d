package io.carillon.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.http.MediaType;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A problem as RFC 9457 writes it. Immutable. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Problem", description = "Why a request, or a part of it, was refused")
public record ProblemBody(
    @Schema(description = "The error's line in the catalogue, relative to this server") String type,
    @Schema(description = "What is wrong, in the words of the catalogue") String title,
    @Schema(description = "The HTTP status") int status,
    @Schema(description = "What was wrong this time, and what was expected") String detail,
    @Schema(description = "The error's name, which stays what it is") String code,
    @Schema(description = "The error's number, which stays what it is") int number,
    @Schema(description = "Whether the same attempt may succeed", pattern = "no|now|later|token")
        String retry,
    @Schema(description = "The member of the request that is wrong (RFC 6901), where one is")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String pointer) {

  public static final MediaType MEDIA_TYPE = MediaType.of("application/problem+json");

  public static ProblemBody of(Problem problem) {
    return of(problem, problem.code().httpStatus());
  }

  /** As {@link #of(Problem)}, where the server has chosen the status already. */
  static ProblemBody of(Problem problem, int status) {
    ErrorCode code = problem.code();
    return new ProblemBody(
        ErrorPage.PATH + "#" + code.slug(),
        code.sentence(),
        status,
        problem.detail(),
        code.slug(),
        code.number(),
        code.retry().name().toLowerCase(Locale.ROOT),
        problem.pointer().isEmpty() ? null : problem.pointer());
  }
}
