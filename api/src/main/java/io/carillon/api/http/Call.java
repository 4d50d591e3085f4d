package io.carillon.api.http;

import io.carillon.core.auth.Authorizer;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.micronaut.json.tree.JsonNode;
import java.util.List;

/**
 * A request whose caller is known.
 *
 * @param path the decoded segments
 * @param query has no parameter that its route does not know
 */
public record Call(
    Caller caller,
    List<String> path,
    QueryParameters query,
    Inbound.Headers headers,
    Payload body) {

  /** {@code x} of {@code /v1/channels/x} and {@code /v1/users/x}. */
  public String subject() {
    return path.get(2);
  }

  /** The channel, when the caller may do this on it. */
  public Checked<ChannelName> allowed(Operation operation, ChannelName channel) {
    Problem refusal = Authorizer.refusal(caller.app(), caller.actor(), operation, channel);
    return refusal == null ? Checked.valid(channel) : Checked.refused(refusal);
  }

  /** The message, when a backend may publish it there: an operation may be any message's. */
  public Checked<Message> allowed(ChannelName channel, Message message) {
    return message.operation() == null || !caller.isBackend()
        ? Checked.valid(message)
        : allowed(Operation.MESSAGE_UPDATE_ANY, channel).then(name -> Checked.valid(message));
  }

  /** The body as an object that has no other members than the shape's components. */
  public Checked<JsonNode> object(Class<? extends Record> shape) {
    return Json.object(body.bytes()).then(json -> Members.shaped(json, shape));
  }

  /** The call, when it has no body, or an empty object for one. */
  public Checked<Call> withoutBody() {
    return body.size() == 0
        ? Checked.valid(this)
        : Json.object(body.bytes())
            .then(
                json ->
                    json.size() == 0
                        ? Checked.valid(this)
                        : Checked.refused(
                            ErrorCode.BAD_REQUEST,
                            "body: " + json.size() + " members (expected: no body)"));
  }
}
