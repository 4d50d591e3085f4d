package io.carillon.core.publish;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Edit.Applied;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Publication;
import org.jspecify.annotations.Nullable;

/** What an operation has to be to be taken. Stateless. */
final class EditRules {
  private EditRules() {}

  /** Why it is refused whatever its target is, or null. */
  static @Nullable Problem problemWith(PublishCommand command, Operation operation) {
    ChannelName channel = command.channel();
    Payload payload = command.message().payload();
    if (channel.kind().isEncrypted() || channel.kind().isCached()) {
      return invalid(
          operation,
          "on " + channel + " (expected: a channel that is neither encrypted nor cached)");
    }
    if (operation.ref().isEmpty() || operation.ref().length() > Message.MAX_ID_LENGTH) {
      return invalid(
          operation,
          "ref of "
              + operation.ref().length()
              + " characters (expected: the id of a message, 1 to "
              + Message.MAX_ID_LENGTH
              + ")");
    }
    if (operation.kind() == Kind.APPEND && payload.form() == Payload.Form.JSON) {
      return invalid(operation, "of JSON (expected: a text, or bytes)");
    }
    return operation.kind() == Kind.DELETE && payload.size() > 0
        ? invalid(operation, "with data (expected: none)")
        : null;
  }

  /** Why this publisher may not do this to the message, or null. */
  static @Nullable Problem problemWith(
      PublishCommand command, Operation operation, @Nullable Publication target) {
    if (target == null) {
      return Problem.of(
          ErrorCode.TARGET_UNKNOWN,
          "\"" + operation.ref() + "\" (expected: the id of a message that is still kept)");
    }
    if (!command.edits().covers(target, command.message().origin())) {
      return Problem.of(
          ErrorCode.CAPABILITY_DENIED,
          word(operation)
              + " \""
              + operation.ref()
              + "\" (expected: a message of the same client, or the capability for any)");
    }
    if (target.message().meta().edit() instanceof Applied(var last, var deleted) && deleted) {
      return Problem.of(
          ErrorCode.TARGET_UNKNOWN,
          "\"" + operation.ref() + "\" was deleted (expected: the id of a message that was not)");
    }
    return null;
  }

  /** Why the payload cannot be added to a content of this form and size, or null. */
  static @Nullable Problem problemWithAppend(
      Payload payload, Payload.Form form, int size, int max) {
    if (payload.form() != form) {
      return Problem.of(
          ErrorCode.OPERATION_INVALID,
          "append of "
              + described(payload.form())
              + " (expected: "
              + described(form)
              + ", as the target)");
    }
    return size + payload.size() > max
        ? new Problem(
            ErrorCode.MESSAGE_TOO_LARGE,
            ErrorCode.MESSAGE_TOO_LARGE.sentence()
                + ": "
                + size
                + " bytes and "
                + payload.size()
                + " more (expected: up to "
                + max
                + " together)")
        : null;
  }

  private static String described(Payload.Form form) {
    return switch (form) {
      case TEXT -> "a text";
      case JSON -> "JSON, which cannot be added to";
      case BINARY -> "bytes";
    };
  }

  private static Problem invalid(Operation operation, String detail) {
    return Problem.of(ErrorCode.OPERATION_INVALID, word(operation) + " " + detail);
  }

  private static String word(Operation operation) {
    return switch (operation.kind()) {
      case APPEND -> "append";
      case UPDATE -> "update";
      case DELETE -> "delete";
    };
  }

  /**
   * The operation as it stands in the log: it has its target, and its target's name if it has no
   * own.
   */
  static Message resolved(Message message, Operation operation, Publication target) {
    String name = message.event();
    boolean named = operation.kind() == Kind.UPDATE && !name.isEmpty();
    return new Message(
        message.id(),
        named ? name : target.message().event(),
        message.payload(),
        message.origin(),
        new Meta(message.extras(), operation.on(target.position()), message.isTraced()));
  }
}
