package io.carillon.api.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.api.http.ProblemBody;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one message, as it is written. Immutable. */
sealed interface PublishResult {

  /** It is in the channel's log. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Published", description = "The message's position in its channel's log")
  record Published(
      String channel,
      @Nullable String id,
      long epoch,
      long offset,
      @Schema(description = "It stood there before, and was not delivered again") boolean duplicate)
      implements PublishResult {}

  /** It was not taken. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "NotPublished", description = "The message was refused")
  record NotPublished(@Nullable String channel, ProblemBody problem) implements PublishResult {}

  /** One result for each channel of the message. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "PublishedToSeveral", description = "A result for each channel, in their order")
  record OnSeveral(
      @ArraySchema(schema = @Schema(anyOf = {Published.class, NotPublished.class}))
          List<Object> results)
      implements PublishResult {}

  /** One result for each message of a batch, or for each user. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "PublishResults", description = "A result for each item, in their order")
  record Results(
      @ArraySchema(schema = @Schema(anyOf = {Published.class, NotPublished.class, OnSeveral.class}))
          List<Object> results) {}
}
