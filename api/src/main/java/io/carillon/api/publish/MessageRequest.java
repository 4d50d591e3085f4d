package io.carillon.api.publish;

import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of one message as a backend sends it: its components are what may stand in it. */
@Introspected
@Schema(name = "MessageRequest")
record MessageRequest(
    @Schema(description = "The event's name", minLength = 1, maxLength = 200) String name,
    @Schema(
            types = {"string", "number", "boolean", "object", "array", "null"},
            description = "Any JSON value; a string stays the text that it is")
        Object data,
    @Schema(
            description =
                "Names the message within its channel: sent again within five minutes, it is answered"
                    + " with its first position and not delivered again",
            minLength = 1,
            maxLength = MessageFields.ID_LENGTH_MAX)
        @Nullable String id,
    @Schema(description = "How data stands for bytes", pattern = "base64")
        @Nullable String encoding,
    @Schema(
            description =
                "Makes it an operation on another message: adds data to it, puts data in its place,"
                    + " or takes it back, which has no data; name may be absent then",
            pattern = "append|update|delete")
        @Nullable String op,
    @Schema(
            description = "The id of the message that op is about",
            minLength = 1,
            maxLength = MessageFields.ID_LENGTH_MAX)
        @Nullable String ref,
    @Schema(
            types = "object",
            description = "For the applications: up to 2,048 bytes, not looked into")
        @Nullable Object extras,
    @Schema(description = TRACE) @Nullable Boolean trace) {
  private static final String TRACE =
      "Whether every node notes what becomes of it; so does the header Carillon-Trace: 1";

  /** A message for one or several channels, in a batch. */
  @Introspected
  @Schema(name = "BatchMessage")
  record InBatch(
      @Schema(description = "The channel; or channels") @Nullable String channel,
      @Schema(description = "1 to 100 channels, of which an encrypted one stands alone")
          @Nullable List<String> channels,
      String name,
      @Schema(types = {"string", "number", "boolean", "object", "array", "null"}) Object data,
      @Nullable String id,
      @Nullable String encoding,
      @Schema(pattern = "append|update|delete") @Nullable String op,
      @Nullable String ref,
      @Schema(types = "object") @Nullable Object extras,
      @Schema(description = TRACE) @Nullable Boolean trace) {}

  /** Several messages. */
  @Introspected
  @Schema(name = "BatchRequest")
  record Batch(
      @Schema(
              description =
                  "1 to 1,000 messages; one for several channels counts once for each of them")
          List<InBatch> messages) {}

  /** A message for several users. */
  @Introspected
  @Schema(name = "UsersMessageRequest")
  record ToUsers(
      @Schema(description = "1 to 100 ids of users") List<String> users,
      String name,
      @Schema(types = {"string", "number", "boolean", "object", "array", "null"}) Object data,
      @Nullable String id,
      @Nullable String encoding,
      @Schema(description = TRACE) @Nullable Boolean trace) {}
}
