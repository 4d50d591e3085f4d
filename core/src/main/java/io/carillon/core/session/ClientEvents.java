package io.carillon.core.session;

import io.carillon.core.auth.Authorizer;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome.Refused;
import io.carillon.core.session.ServerEvent.Failed;
import io.carillon.core.webhook.WebhookEvent;
import io.carillon.core.webhook.WebhookType;
import org.jspecify.annotations.Nullable;

/**
 * Sends Pusher's client events of one session: to a channel's other subscribers, from one of them.
 * Confined to the session's lane; holds nothing of its own.
 */
record ClientEvents(SessionContext context, Session session) {
  private static final String WHAT = "client-event";

  /** Sends one; a refusal is answered with {@link Failed}. */
  void publish(
      ChannelName name, @Nullable Subscription subscription, String event, Payload payload) {
    Problem refusal = refusal(name, subscription);
    if (refusal != null) {
      session.refused(WHAT, name.value(), refusal);
      session.tell(new Failed(refusal));
      return;
    }
    PresenceEntry entry = subscription == null ? null : subscription.entry();
    String userId = entry == null ? null : entry.member().userId();
    Message message = new Message(null, event, payload, new Origin.Client(session.id(), userId));
    context
        .publisher()
        .publish(new PublishCommand(session.app(), name, message).countedTo(session.key()))
        .whenComplete(
            (outcome, failure) -> {
              if (failure != null) {
                fail(Problem.of(ErrorCode.UNAVAILABLE, "the log cannot be reached"));
              } else if (outcome instanceof Refused(var problem)) {
                session.refused(WHAT, name.value(), problem);
                fail(problem);
              } else if (context.webhooks().wants(session.app().id(), WebhookType.CLIENT_EVENT)) {
                String socket = session.id().socketId();
                context
                    .webhooks()
                    .tell(
                        WebhookType.CLIENT_EVENT,
                        ChannelId.of(session.app().id(), name),
                        new WebhookEvent.Detail(userId, event, payload.asText(), socket));
              }
            });
  }

  private @Nullable Problem refusal(ChannelName name, @Nullable Subscription subscription) {
    Problem refusal =
        Authorizer.problemOf(
            Authorizer.explainClientEvent(session.app(), session.keyOf(subscription), name),
            Operation.PUBLISH,
            name);
    if (refusal != null) {
      return refusal;
    }
    if (subscription == null || !subscription.subscriber().isLive()) {
      return Problem.of(ErrorCode.NOT_SUBSCRIBED, name.value());
    }
    return session.eventRefusal();
  }

  private void fail(Problem problem) {
    session.tellLater(new Failed(problem));
  }
}
