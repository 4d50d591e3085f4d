package io.carillon.core.publish;

import io.carillon.core.auth.Authorizer;
import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.engine.SchemaCheck.Violation;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Message;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What a message has to be to be taken, by whichever door it comes: its channel, its name, its
 * sender, its size and its content. Thread-safe.
 *
 * @param schemas checks content by the rules' schemas
 */
record MessageRules(SchemaCheck schemas) {

  /** Why the message is refused, or null; what costs most is asked last. */
  @Nullable Problem problemWith(PublishCommand command, ChannelPolicy policy) {
    if (command.channel().kind() == ChannelKind.INTERNAL) {
      return Problem.of(ErrorCode.CHANNEL_NAME_INVALID, "\"" + command.channel() + "\"");
    }
    Problem problem = problemWithName(command.message().event(), policy);
    if (problem == null) {
      problem =
          Authorizer.refusalByRule(
              command.app(), command.by(), Operation.PUBLISH, command.channel());
    }
    return problem == null ? problemWithData(command, policy) : problem;
  }

  private static @Nullable Problem problemWithName(String event, ChannelPolicy policy) {
    if (event.isEmpty() || event.length() > Message.MAX_EVENT_LENGTH) {
      return Problem.of(
          ErrorCode.EVENT_NAME_INVALID,
          event.length() + " characters (expected: 1 to " + Message.MAX_EVENT_LENGTH + ")");
    }
    if (event.startsWith("pusher:")
        || event.startsWith("pusher_internal:")
        || event.startsWith("carillon:")) {
      return Problem.of(ErrorCode.EVENT_NAME_INVALID, "\"" + event + "\" is reserved");
    }
    return policy.content().allows(event)
        ? null
        : Problem.of(
            ErrorCode.EVENT_NOT_ALLOWED,
            "\"" + event + "\" (expected: an event of " + described(policy) + ")");
  }

  private @Nullable Problem problemWithData(PublishCommand command, ChannelPolicy policy) {
    Payload data = command.message().payload();
    Payload extras = command.message().extras();
    if (extras != null && extras.size() > Message.MAX_EXTRAS_BYTES) {
      return Problem.of(
          ErrorCode.BAD_REQUEST,
          "extras of "
              + extras.size()
              + " bytes (expected: up to "
              + Message.MAX_EXTRAS_BYTES
              + ")");
    }
    if (data.size() > policy.messageBytesMax()) {
      // exactly the text that Pusher's libraries and their users know
      return new Problem(
          ErrorCode.MESSAGE_TOO_LARGE,
          ErrorCode.MESSAGE_TOO_LARGE.sentence() + " (" + policy.messageBytesMax() + " bytes)");
    }
    String schema = policy.content().schema();
    if (schema == null || command.channel().kind().isEncrypted() || isDelete(command.message())) {
      return null;
    }
    Violation violation = schemas.check(schema, data);
    return violation == null
        ? null
        : Problem.of(
            ErrorCode.PAYLOAD_INVALID,
            "data at \""
                + violation.pointer()
                + "\": "
                + violation.expected()
                + " (by the schema of "
                + described(policy)
                + ")");
  }

  /** It has no data; what an append adds is checked as if it stood alone. */
  private static boolean isDelete(Message message) {
    Edit.Operation operation = message.operation();
    return operation != null && operation.kind() == Edit.Kind.DELETE;
  }

  private static String described(ChannelPolicy policy) {
    ChannelRule rule = policy.rule();
    return rule == null ? "the application" : "the rule \"" + rule.pattern().text() + "\"";
  }
}
