package io.carillon.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.auth.Authorizer;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.PresenceView;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Limit;
import io.carillon.core.model.Member;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions one session may have, and may still have when keys and rules have changed.
 * Confined to the session's lane; holds nothing of its own.
 */
record SubscribingRules(Session session, Subscriptions subscriptions, Owner owner) {
  /** Why the session may not subscribe like this, or null. */
  @Nullable Problem refusal(SubscribeCommand command) {
    ChannelName name = command.channel();
    Grant grant = command.grant();
    if (subscriptions.get(name) != null) {
      return Problem.of(ErrorCode.ALREADY_SUBSCRIBED, name.value());
    }
    Problem full = Quotas.channels(session.app(), session.rights(), subscriptions.size());
    if (full != null) {
      return full;
    }
    boolean allowed =
        switch (name.kind().access()) {
          case OPEN -> true;
          case SIGNED -> grant instanceof Grant.Signed;
          case SIGNED_IN -> name.userId().equals(owner.id());
          case NOBODY -> false;
        };
    if (!allowed) {
      return Problem.of(ErrorCode.CHANNEL_DENIED, name.value());
    }
    Problem unfit = command.view() == PresenceView.USERS ? byMember(owner.memberBy(grant)) : null;
    if (unfit != null) {
      return unfit;
    }
    KeyId other = otherKey(grant);
    Problem limited = byKey(name, command.view(), other == null ? session.keyOf(null) : other);
    return limited == null ? byRule(name, command.view()) : limited;
  }

  private @Nullable Problem byMember(@Nullable Member member) {
    if (member == null) {
      return Problem.of(
          ErrorCode.MEMBER_INVALID, "neither channel_data nor a signed-in user says who it is");
    }
    long most = session.app().settings().limits().of(Limit.PRESENCE_DATA_BYTES);
    String info = member.info();
    int bytes = info == null || most == Member.INFO_BYTES_MAX ? 0 : info.getBytes(UTF_8).length;
    return bytes <= most
        ? null
        : Problem.of(
            ErrorCode.MEMBER_INVALID,
            "user_info of " + bytes + " bytes (expected: up to " + most + ")");
  }

  /** The key that signed it, when that is not the one with which the connection came. */
  @Nullable KeyId otherKey(Grant grant) {
    KeyId signing = grant.signedBy();
    ApiKey known = signing == null ? null : session.app().key(signing);
    // the application's own copy of the name, as every subscription may keep one
    return known == null || known.id().equals(session.key()) ? null : known.id();
  }

  /** Why a subscription is not allowed any more as keys and rules are now, or null. */
  @Nullable Problem refusalNow(ChannelName name) {
    Subscription subscription = subscriptions.get(name);
    PresenceView view = subscription == null ? PresenceView.NONE : subscription.subscriber().view();
    Problem limited = byKey(name, view, session.keyOf(subscription));
    return limited == null ? byRule(name, view) : limited;
  }

  private @Nullable Problem byKey(ChannelName name, PresenceView view, KeyId acting) {
    Problem refusal = Authorizer.refusalByKey(session.app(), acting, Operation.SUBSCRIBE, name);
    return refusal == null && view == PresenceView.USERS
        ? Authorizer.refusalByKey(session.app(), acting, Operation.PRESENCE, name)
        : refusal;
  }

  /** Where a connection is told of users it is present itself, as its signature allows. */
  private @Nullable Problem byRule(ChannelName name, PresenceView view) {
    Standing standing = session.rights().actor().standing();
    Problem refusal = Authorizer.refusalByRule(session.app(), standing, Operation.SUBSCRIBE, name);
    return refusal != null || view == PresenceView.NONE
        ? refusal
        : view == PresenceView.USERS
            ? Authorizer.refusalByRule(session.app(), standing, Operation.PRESENCE, name)
            : session.refusal(Operation.PRESENCE, name);
  }
}
