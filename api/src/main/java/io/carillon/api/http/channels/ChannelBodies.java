package io.carillon.api.http.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.api.http.Json;
import io.carillon.core.engine.Roster;
import io.carillon.core.history.HistoryPage;
import io.carillon.core.model.Edit.Applied;
import io.carillon.core.model.Member;
import io.carillon.core.model.Message;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is answered about channels, as it is written. */
public final class ChannelBodies {
  private ChannelBodies() {}

  /** Where a message stands. */
  @Serdeable
  @Schema(name = "Position", description = "Where a message stands in its channel's log")
  public record At(
      @Schema(description = "Which life of the log") long epoch,
      @Schema(description = "Dense from 1 within the epoch; 0 stands before the first")
          long offset) {
    static At of(Position position) {
      return new At(position.epoch(), position.offset());
    }
  }

  /** A message of the past. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Message")
  public record Said(
      @Nullable String id,
      String name,
      @Schema(
              types = {"string", "number", "boolean", "object", "array", "null"},
              description = "The JSON value or the text as it is now; absent when it was deleted")
          @Nullable JsonNode data,
      @Schema(
              description = "How data stands for bytes; absent when it does not",
              pattern = "base64")
          @Nullable String encoding,
      long epoch,
      long offset,
      @Schema(description = "When it was accepted, in milliseconds since 1970") long timestamp,
      @Schema(description = "The member who sent it; absent for a backend's") @Nullable String user,
      @Schema(types = "object", description = "What was published beside the data")
          @Nullable JsonNode extras,
      @Schema(description = "The last operation that is in it; absent when it was never changed")
          @Nullable At edited,
      @Schema(description = "True when it was deleted; else absent") @Nullable Boolean deleted) {

    static Said of(Publication publication) {
      Message message = publication.message();
      Payload payload = message.payload();
      Applied applied = message.meta().edit() instanceof Applied edit ? edit : null;
      boolean deleted = applied != null && applied.deleted();
      JsonNode data =
          switch (payload.form()) {
            case TEXT -> JsonNode.createStringNode(payload.asText());
            case JSON -> Json.accepted(payload.asText());
            case BINARY ->
                JsonNode.createStringNode(Base64.getEncoder().encodeToString(payload.bytes()));
          };
      return new Said(
          message.id(),
          message.event(),
          deleted ? null : data,
          payload.form() == Payload.Form.BINARY ? "base64" : null,
          publication.position().epoch(),
          publication.position().offset(),
          publication.timestampMillis(),
          message.origin() instanceof Message.Origin.Client client ? client.userId() : null,
          message.extras() == null ? null : Json.accepted(message.extras().asText()),
          applied == null ? null : At.of(applied.last()),
          deleted ? true : null);
    }
  }

  /** A page of the past. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Messages")
  public record Past(
      List<Said> messages,
      At position,
      @Schema(
              description =
                  "Whether nothing can be missing: between the page's ends and, on the oldest page,"
                      + " before it")
          boolean complete,
      @Schema(description = "from of the next page; absent on the last") @Nullable String next) {
    static Past of(io.carillon.core.history.Past past) {
      HistoryPage page = past.page();
      List<Said> messages = page.publications().stream().map(Said::of).toList();
      String next = page.more() ? text(page.publications().getLast().position()) : null;
      return new Past(messages, At.of(page.top()), past.complete(), next);
    }

    private static String text(Position position) {
      return position.epoch() + ":" + position.offset();
    }
  }

  /** An occupied channel in a list. */
  @Serdeable
  @Schema(name = "ChannelSummary")
  public record Summary(String name, int subscriptions) {}

  /** A page of the occupied channels. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Channels")
  public record Occupied(
      @Schema(description = "In the order of their names") List<Summary> channels,
      @Schema(description = "cursor of the next page; absent on the last") @Nullable String next) {
    /** The same page without the channels that do not fit. */
    public Occupied only(Predicate<String> fits) {
      return new Occupied(
          channels.stream().filter(channel -> fits.test(channel.name())).toList(), next);
    }
  }

  /** A channel's state. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Channel")
  public record State(
      String channel,
      boolean occupied,
      int subscriptions,
      @Schema(description = "How many users are present; of presence channels")
          @Nullable Integer members,
      At position,
      @Nullable Said latest) {}

  /** Someone who is present. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Member")
  public record Present(
      String id,
      @Schema(
              types = {"string", "number", "boolean", "object", "array", "null"},
              description = "What the backend signed about them")
          @Nullable JsonNode info) {
    static Present of(Member member) {
      String info = member.info();
      return new Present(member.userId(), info == null ? null : Json.accepted(info));
    }
  }

  /** Who is present. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Members")
  public record Presence(
      String channel,
      @Schema(description = "Grows with each change") long version,
      @Schema(description = "In the order in which they came") List<Present> members) {
    static Presence of(String channel, Roster roster) {
      return new Presence(
          channel, roster.version(), roster.members().stream().map(Present::of).toList());
    }
  }
}
