package io.carillon.core.error;

import org.jspecify.annotations.Nullable;

/**
 * Everything that can be refused or go wrong, once for the whole product: the number and slug that
 * clients may rely on, whether a retry makes sense, what a person can do, and the numbers that HTTP
 * and the Pusher protocol have for it.
 */
public enum ErrorCode {
  BAD_REQUEST(
      40000,
      "bad-request",
      400,
      0,
      Retry.NO,
      "The request is malformed",
      "Compare it with the reference"),
  MALFORMED_FRAME(
      40001,
      "malformed-frame",
      400,
      0,
      Retry.NO,
      "The frame is not a valid message",
      "Send one JSON object with an event and its data"),
  CHANNEL_NAME_INVALID(
      40010,
      "channel-name-invalid",
      400,
      0,
      Retry.NO,
      "The channel's name is not allowed",
      "Use up to 200 letters, digits and _ - = @ , . ; :"),
  EVENT_NAME_INVALID(
      40011,
      "event-name-invalid",
      400,
      0,
      Retry.NO,
      "The event's name is not allowed",
      "Use 1 to 200 characters; pusher: and pusher_internal: are reserved"),
  MEMBER_INVALID(
      40012,
      "member-invalid",
      400,
      0,
      Retry.NO,
      "The member's data is not allowed",
      "Sign channel_data with a user_id of up to 128 characters and a user_info of up to 1 kB, or"
          + " enter with up to 1 kB of data"),
  ALREADY_SUBSCRIBED(
      40013,
      "already-subscribed",
      400,
      0,
      Retry.NO,
      "The connection is subscribed to this channel already",
      "Subscribe once, and unsubscribe before subscribing again"),
  NOT_SUBSCRIBED(
      40014,
      "not-subscribed",
      400,
      0,
      Retry.NO,
      "The connection is not subscribed to this channel",
      "Subscribe first and wait for the confirmation"),
  ATTRIBUTE_INVALID(
      40015,
      "attribute-invalid",
      400,
      0,
      Retry.NO,
      "The attribute does not apply to this channel",
      "Ask for user_count on presence channels, subscription_count on the others, cache on cache channels"),
  POSITION_INVALID(
      40018,
      "position-invalid",
      400,
      0,
      Retry.NO,
      "The position is not one",
      "Use an epoch and an offset as they came with a message"),
  CURSOR_INVALID(
      40019,
      "cursor-invalid",
      400,
      0,
      Retry.NO,
      "The cursor is not one",
      "Send the last cursor or event id exactly as it came, or none to begin anew"),
  TOO_MANY_ITEMS(
      40016, "too-many-items", 400, 0, Retry.NO, "The list has too many items", "Split the list"),
  OPERATION_INVALID(
      40025,
      "operation-invalid",
      400,
      0,
      Retry.NO,
      "The operation on a message is not possible",
      "Append text to text or bytes to bytes, update with data, delete without; name the target by ref"),
  LINK_INVALID(
      40026,
      "link-invalid",
      400,
      0,
      Retry.NO,
      "The link was used, is too old, or is for another address",
      "Ask for a new one"),
  WATCHLIST_TOO_LONG(
      40017,
      "watchlist-too-long",
      400,
      4302,
      Retry.NO,
      "The watchlist has more than 100 ids; the first 100 are watched",
      "Sign a shorter watchlist"),
  PROTOCOL_VERSION_INVALID(
      40020,
      "protocol-version-invalid",
      400,
      4006,
      Retry.NO,
      "The protocol version is not a number",
      "Connect with protocol=7"),
  PROTOCOL_UNSUPPORTED(
      40021,
      "protocol-unsupported",
      400,
      4007,
      Retry.NO,
      "The protocol version is not supported",
      "Connect with protocol=5, 6 or 7"),
  PROTOCOL_MISSING(
      40022,
      "protocol-missing",
      400,
      4008,
      Retry.NO,
      "No protocol version was given",
      "Connect with protocol=7"),
  UNAUTHORIZED(
      40100,
      "unauthorized",
      401,
      4009,
      Retry.NO,
      "The connection has to sign in",
      "Sign in within 30 seconds of connecting"),
  SIGNATURE_INVALID(
      40101,
      "signature-invalid",
      401,
      0,
      Retry.NO,
      "The signature is wrong",
      "Sign exactly the documented text with the secret of the key that is named"),
  TIMESTAMP_STALE(
      40102,
      "timestamp-stale",
      401,
      0,
      Retry.LATER,
      "The request's timestamp is more than 600 seconds off",
      "Set the sender's clock, then sign again"),
  CREDENTIALS_INVALID(
      40109,
      "credentials-invalid",
      401,
      0,
      Retry.NO,
      "The credentials are missing or wrong",
      "Send Authorization: Basic with a key of the application and its secret"),
  OPERATOR_DENIED(
      40119,
      "operator-denied",
      401,
      0,
      Retry.NO,
      "The operator's token is missing or wrong",
      "Send Authorization: Bearer with what carillon.operator-token says"),
  SIGN_IN_INVALID(
      40103,
      "sign-in-invalid",
      401,
      4009,
      Retry.NO,
      "The sign-in is not valid",
      "Sign <socket_id>::user::<user_data> with the app's key"),
  HELLO_MISSING(
      40104,
      "hello-missing",
      401,
      4009,
      Retry.NO,
      "The connection did not say who it is",
      "Send hello with a token or a key within 10 seconds"),
  TOKEN_INVALID(
      40110,
      "token-invalid",
      401,
      0,
      Retry.NO,
      "The client token is not valid",
      "Sign the documented claims with HS256 and the secret of the key that kid names"),
  TOKEN_EXPIRED(
      40111,
      "token-expired",
      401,
      0,
      Retry.TOKEN,
      "The client token has expired",
      "Get a new token from the application's backend"),
  TOKEN_REVOKED(
      40112,
      "token-revoked",
      401,
      0,
      Retry.TOKEN,
      "The client token was revoked",
      "Get a new token from the application's backend"),
  TOKEN_KEY_UNKNOWN(
      40113,
      "token-key-unknown",
      401,
      0,
      Retry.TOKEN,
      "The key that signed the client token does not exist or was revoked",
      "Sign with an active key of the application and name it in kid"),
  TICKET_INVALID(
      40114,
      "ticket-invalid",
      401,
      0,
      Retry.TOKEN,
      "The ticket is not valid",
      "Get a new ticket with the client token; each counts once and for 30 seconds"),
  ACCESS_TOKEN_INVALID(
      40124,
      "access-token-invalid",
      401,
      0,
      Retry.NO,
      "The access token is unknown, has ended or was revoked",
      "Make another one in the console, under Account"),
  SESSION_MISSING(
      40120, "session-missing", 401, 0, Retry.NO, "Nobody is signed in", "Sign in to the console"),
  PASSWORD_WRONG(
      40121,
      "password-wrong",
      401,
      0,
      Retry.NO,
      "The e-mail address or the password is not right",
      "Try again, or ask for a new password"),
  CODE_WRONG(
      40122,
      "code-wrong",
      401,
      0,
      Retry.NO,
      "The code is not right, or was used",
      "Wait for the authenticator's next code, or take a recovery code"),
  IDENTITY_REFUSED(
      40127,
      "identity-refused",
      401,
      0,
      Retry.NO,
      "Signing in by the identity provider did not succeed",
      "Begin again"),
  IDENTITY_UNCONFIRMED(
      40125,
      "identity-unconfirmed",
      401,
      0,
      Retry.NO,
      "The identity provider does not say that the e-mail address is confirmed",
      "Confirm it there, or sign up with a password"),
  ACCOUNT_UNCONFIRMED(
      40126,
      "account-unconfirmed",
      401,
      0,
      Retry.NO,
      "An account with this e-mail address is there, and nobody has confirmed the address",
      "Ask for a new password by mail, which confirms it, and begin again"),
  SIGN_IN_STALE(
      40123,
      "sign-in-stale",
      401,
      0,
      Retry.NO,
      "The sign-in took too long, or had too many wrong codes",
      "Begin again with the password"),
  APP_DISABLED(
      40310,
      "app-disabled",
      403,
      4003,
      Retry.NO,
      "The application is disabled",
      "Enable it in the console"),
  CLIENT_EVENTS_DISABLED(
      40311,
      "client-events-disabled",
      403,
      0,
      Retry.NO,
      "Client events are not enabled for this channel",
      "Enable them in the application's settings or in the channel's rule"),
  CLIENT_EVENT_NOT_ALLOWED(
      40312,
      "client-event-not-allowed",
      403,
      0,
      Retry.NO,
      "Client events are not possible on this kind of channel",
      "Use a private or presence channel that is not encrypted"),
  CHANNEL_DENIED(
      40313,
      "channel-denied",
      403,
      0,
      Retry.NO,
      "The connection may not subscribe to this channel",
      "Sign in as the user whose channel it is, or sign the subscription"),
  SIGNED_IN_AS_ANOTHER(
      40314,
      "signed-in-as-another",
      403,
      4009,
      Retry.NO,
      "The connection signed in as another user",
      "Open a new connection for another user"),
  ORIGIN_DENIED(
      40315,
      "origin-denied",
      403,
      4009,
      Retry.NO,
      "The application does not take connections of pages of this origin",
      "Serve the page from an allowed origin, or add its origin to the application's settings"),
  CAPABILITY_DENIED(
      40320,
      "capability-denied",
      403,
      0,
      Retry.NO,
      "The token or its key does not allow this",
      "Issue a token, or use a key, whose capabilities allow the operation on the channel"),
  RULE_DENIED(
      40321,
      "rule-denied",
      403,
      0,
      Retry.NO,
      "The channel's rule does not allow this to whoever asks",
      "Use a client token or the backend, as the rule says, or change the rule"),
  EVENT_NOT_ALLOWED(
      40322,
      "event-not-allowed",
      403,
      0,
      Retry.NO,
      "The channel's rule does not have this event",
      "Use an event that the rule lists, or add this one to it"),
  CROSS_SITE(
      40330,
      "cross-site",
      403,
      0,
      Retry.NO,
      "The request does not come from the console's own pages",
      "Send it from there; a program sends Origin with the console's address"),
  ACCESS_TOKEN_DENIED(
      40333,
      "access-token-denied",
      403,
      0,
      Retry.NO,
      "An access token may not do this",
      "Sign in to the console"),
  ROLE_DENIED(
      40331,
      "role-denied",
      403,
      0,
      Retry.NO,
      "The member's role does not allow this",
      "Ask an admin or owner of the tenant"),
  APP_UNKNOWN(
      40400,
      "app-unknown",
      401,
      4001,
      Retry.NO,
      "There is no such application key",
      "Copy the key from the console"),
  PATH_NOT_FOUND(
      40401,
      "path-not-found",
      404,
      4005,
      Retry.NO,
      "There is nothing at this path",
      "Connect to /app/<key>"),
  SESSION_UNKNOWN(
      40410,
      "session-unknown",
      404,
      0,
      Retry.NOW,
      "There is no such session on this node",
      "Open a new stream and send there; behind a load balancer both have to reach the same node"),
  RULE_UNKNOWN(
      40402,
      "rule-unknown",
      404,
      0,
      Retry.NO,
      "The application has no such channel rule",
      "List the rules with GET /v1/rules"),
  TARGET_UNKNOWN(
      40411,
      "target-unknown",
      404,
      0,
      Retry.NO,
      "There is no such message to change",
      "Name by ref a message that was published with an id, is still kept, and was not deleted"),
  TENANT_UNKNOWN(
      40420,
      "tenant-unknown",
      404,
      0,
      Retry.NO,
      "There is no such tenant, or you are no member of it",
      "List yours with GET /v1/console/session"),
  PLAN_UNKNOWN(
      40431,
      "plan-unknown",
      404,
      0,
      Retry.NO,
      "There is no such plan",
      "List them with GET /v1/operator/plans"),
  MEMBER_UNKNOWN(
      40421,
      "member-unknown",
      404,
      0,
      Retry.NO,
      "The tenant has no such member",
      "List the members"),
  INVITATION_UNKNOWN(
      40422,
      "invitation-unknown",
      404,
      0,
      Retry.NO,
      "The tenant has no such invitation",
      "List the invitations"),
  TENANT_APP_UNKNOWN(
      40423,
      "tenant-app-unknown",
      404,
      0,
      Retry.NO,
      "The tenant has no such application",
      "List the applications"),
  ACCESS_TOKEN_UNKNOWN(
      40428,
      "access-token-unknown",
      404,
      0,
      Retry.NO,
      "The account has no such access token",
      "List the access tokens"),
  KEY_UNKNOWN(
      40424, "key-unknown", 404, 0, Retry.NO, "The application has no such key", "List the keys"),
  CONNECTION_UNKNOWN(
      40430,
      "connection-unknown",
      404,
      0,
      Retry.NO,
      "The application has no such open connection",
      "It may have ended meanwhile; list the connections"),
  WEBHOOK_UNKNOWN(
      40470,
      "webhook-unknown",
      404,
      0,
      Retry.NO,
      "The application has no such webhook",
      "List the webhooks"),
  METHOD_NOT_ALLOWED(
      40500,
      "method-not-allowed",
      405,
      0,
      Retry.NO,
      "The path does not have this method",
      "Use one of the methods in the Allow header"),
  ACCOUNT_EXISTS(
      40901,
      "account-exists",
      409,
      0,
      Retry.NO,
      "There is an account with this e-mail address",
      "Sign in, or ask for a new password"),
  LAST_OWNER(
      40902,
      "last-owner",
      409,
      0,
      Retry.NO,
      "A tenant needs an owner",
      "Make another member an owner first"),
  SECOND_FACTOR_STATE(
      40920,
      "second-factor-state",
      409,
      0,
      Retry.NO,
      "The second factor is not in the state for this",
      "Ask for its state, and turn it off or begin to set it up first"),
  MEMBER_EXISTS(
      40903,
      "member-exists",
      409,
      0,
      Retry.NO,
      "The address is that of a member",
      "Change the member's role"),
  PLAN_IN_USE(
      40905,
      "plan-in-use",
      409,
      0,
      Retry.NO,
      "The plan cannot be removed",
      "Give the teams that have it another one first"),
  KEY_ROTATING(
      40904,
      "key-rotating",
      409,
      0,
      Retry.NO,
      "The key has a successor already",
      "Revoke one of the two first"),
  REQUEST_TOO_LARGE(
      41301,
      "request-too-large",
      413,
      0,
      Retry.NO,
      "The request's body is larger than the server takes",
      "Send less at once, or raise carillon.limits.max-request-bytes"),
  MEDIA_TYPE_UNSUPPORTED(
      41500,
      "media-type-unsupported",
      415,
      0,
      Retry.NO,
      "The body's content type is not taken here",
      "Send content-type: application/json; with curl, --json"),
  MESSAGE_TOO_LARGE(
      41300,
      "message-too-large",
      413,
      0,
      Retry.NO,
      "The data content of this event exceeds the allowed maximum",
      "Send less, or send a link to it"),
  BEYOND_PLAN(
      42201,
      "beyond-plan",
      422,
      0,
      Retry.NO,
      "The team's plan does not allow so much",
      "Set less, or ask the operator for another plan"),
  PAYLOAD_INVALID(
      42200,
      "payload-invalid",
      422,
      0,
      Retry.NO,
      "The data is not as the channel's schema wants it",
      "Send what the schema of the channel's rule describes"),
  CONNECTION_QUOTA(
      42900,
      "connection-quota",
      429,
      4004,
      Retry.LATER,
      "The application has as many connections as it may have",
      "Raise the application's limit"),
  CLIENT_EVENT_RATE(
      42901,
      "client-event-rate",
      429,
      4301,
      Retry.LATER,
      "The connection sends client events too fast",
      "Send fewer, or conflate them"),
  CHANNEL_QUOTA(
      42902,
      "channel-quota",
      429,
      0,
      Retry.NO,
      "The connection has as many subscriptions as it may have",
      "Unsubscribe from channels that are not needed"),
  PRESENCE_FULL(
      42903,
      "presence-full",
      429,
      0,
      Retry.LATER,
      "The presence channel has as many members as it may have",
      "Raise the application's limit, or use several channels"),
  MESSAGE_RATE(
      42904,
      "message-rate",
      429,
      4301,
      Retry.LATER,
      "The application publishes too fast",
      "Wait as long as the answer says, or raise the limit that it names"),
  CONNECTIONS_ELSEWHERE(
      42905,
      "connections-elsewhere",
      429,
      4100,
      Retry.LATER,
      "The application has as many connections as it may have, on all nodes together",
      "Come back later: a node that died is counted for some seconds; or raise the limit"),
  CONNECTION_RATE(
      42906,
      "connection-rate",
      429,
      4100,
      Retry.LATER,
      "The application opens connections too fast",
      "Wait as long as the answer says; clients spread their attempts by themselves"),
  HISTORY_RATE(
      42907,
      "history-rate",
      429,
      0,
      Retry.LATER,
      "The application reads history too fast",
      "Wait as long as the answer says, read larger pages, or keep what was read"),
  SUBSCRIPTION_RATE(
      42908,
      "subscription-rate",
      429,
      4301,
      Retry.LATER,
      "The connection subscribes too fast",
      "Wait as long as the answer says, and stay subscribed to what comes and goes"),
  ADDRESS_RATE(
      42909,
      "address-rate",
      429,
      4100,
      Retry.LATER,
      "Too many connections are opened from this address",
      "Wait as long as the answer says; behind a proxy, check carillon.trusted-proxies"),
  TOO_MANY_ATTEMPTS(
      42910,
      "too-many-attempts",
      429,
      0,
      Retry.LATER,
      "There were too many attempts",
      "Wait as long as the answer says"),
  BYTE_RATE(
      42911,
      "byte-rate",
      429,
      4301,
      Retry.LATER,
      "More bytes are published than are allowed",
      "Wait as long as the answer says, send smaller messages, or raise the limit that it names"),
  QUOTA_USED_UP(
      42912,
      "quota-used-up",
      429,
      4301,
      Retry.LATER,
      "The team has published as much as its plan allows in this time",
      "Wait for the next day or month, or ask the operator for another plan"),
  INTERNAL_ERROR(
      50000,
      "internal-error",
      500,
      4100,
      Retry.LATER,
      "Something broke in the server",
      "Try again; with the same id a message is not sent twice"),
  SLOW_CONSUMER(
      50310,
      "slow-consumer",
      503,
      4100,
      Retry.LATER,
      "The connection did not read what was sent to it",
      "Read faster, or subscribe to less"),
  OVERRUN(
      50311,
      "overrun",
      503,
      4100,
      Retry.LATER,
      "More was published than this node could deliver",
      "Reconnect; publish less, or spread the load over more nodes"),
  UNAVAILABLE(
      50300,
      "unavailable",
      503,
      4100,
      Retry.LATER,
      "A part that the server needs cannot be reached",
      "Try again later"),
  OVER_CAPACITY(
      50301,
      "over-capacity",
      503,
      4100,
      Retry.LATER,
      "The server has as many connections as it may have",
      "Try again later"),
  SIGN_INS_BUSY(
      50303,
      "sign-ins-busy",
      503,
      0,
      Retry.LATER,
      "Too many people sign in at this moment",
      "Try again in some seconds"),
  IDENTITY_PROVIDER_UNAVAILABLE(
      50304,
      "identity-provider-unavailable",
      503,
      0,
      Retry.LATER,
      "The identity provider cannot be used now",
      "Try again, or sign in with the password"),
  DRAINING(50302, "draining", 503, 4200, Retry.NOW, "The server is about to stop", "Reconnect"),
  PONG_TIMEOUT(
      50400, "pong-timeout", 504, 4201, Retry.NOW, "No answer came to a ping", "Reconnect");

  /** Whether and when the same attempt may succeed. */
  public enum Retry {
    /** Not without a change. */
    NO,
    NOW,
    /** After a back-off. */
    LATER,
    /** At once, after fetching a new token. */
    TOKEN
  }

  private final int number;
  private final String slug;
  private final int httpStatus;
  private final int pusherCode;
  private final Retry retry;
  private final String sentence;
  private final String remedy;

  ErrorCode(
      int number,
      String slug,
      int httpStatus,
      int pusherCode,
      Retry retry,
      String sentence,
      String remedy) {
    this.number = number;
    this.slug = slug;
    this.httpStatus = httpStatus;
    this.pusherCode = pusherCode;
    this.retry = retry;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  public int number() {
    return number;
  }

  public String slug() {
    return slug;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** The code on the Pusher protocol, as an error event or a close code, or null for none. */
  public @Nullable Integer pusherCode() {
    return pusherCode == 0 ? null : pusherCode;
  }

  public Retry retry() {
    return retry;
  }

  /** What is wrong, without a full stop, so that a detail can follow. */
  public String sentence() {
    return sentence;
  }

  /** What a person can do about it. */
  public String remedy() {
    return remedy;
  }
}
