package io.carillon.api.http.permissions;

import io.carillon.api.http.Answer;
import io.carillon.api.http.Caller;
import io.carillon.api.http.CapabilityFields;
import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Members;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.permissions.PermissionBodies.DecidedBy;
import io.carillon.api.http.permissions.PermissionBodies.Decision;
import io.carillon.core.Node;
import io.carillon.core.auth.Actor;
import io.carillon.core.auth.Authorizer;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Explanation;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out what would be decided, and by what, without the deed. Thread-safe. */
@Singleton
public final class Permissions {
  private static final String CLIENT_EVENT = "client-event";

  private final TokenReader tokens;

  Permissions(Node node, TokenReader tokens) {
    this.tokens = node.revocations().guard(tokens);
  }

  /**
   * The decision that the question asks for.
   *
   * @param by who asks, and of whose application
   */
  public Checked<Answer> decided(Caller by, JsonNode json) {
    return Members.string(json, "operation")
        .then(
            word ->
                Members.string(json, "channel")
                    .then(ChannelNames::checked)
                    .then(
                        channel ->
                            switch (subject(by, json)) {
                              case Subject.Wrong(var problem) -> Checked.refused(problem);
                              case Subject.BadToken(var problem) ->
                                  answer(word, channel, DecidedBy.token(problem), problem);
                              case Subject.Known(var actor) ->
                                  decided(by.app(), actor, word, channel);
                            }));
  }

  private static Checked<Answer> decided(App app, Actor actor, String word, ChannelName channel) {
    Operation operation = word.equals(CLIENT_EVENT) ? Operation.PUBLISH : Operation.ofWord(word);
    if (operation == null) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST,
          "operation: unknown (expected: " + CapabilityFields.WORDS + ", " + CLIENT_EVENT + ")");
    }
    Explanation decision =
        word.equals(CLIENT_EVENT)
            ? Authorizer.explainClientEvent(app, actor.key(), channel)
            : Authorizer.explain(app, actor, operation, channel);
    return answer(
        word, channel, DecidedBy.of(decision), Authorizer.problemOf(decision, operation, channel));
  }

  private static Checked<Answer> answer(
      String operation, ChannelName channel, DecidedBy decidedBy, @Nullable Problem problem) {
    return Checked.valid(
        Answer.ok(
            new Decision(
                problem == null,
                operation,
                channel.value(),
                decidedBy,
                problem == null ? null : ProblemBody.of(problem))));
  }

  /** Whom a question is about. */
  private sealed interface Subject {
    record Known(Actor actor) implements Subject {}

    /** A token that counts for nothing. */
    record BadToken(Problem problem) implements Subject {}

    record Wrong(Problem problem) implements Subject {}
  }

  private Subject subject(Caller by, JsonNode json) {
    List<String> named =
        Stream.of("token", "key", "capabilities")
            .filter(member -> Members.get(json, member) != null)
            .toList();
    boolean client = Members.get(json, "clientId") != null;
    if (named.isEmpty() && !client) {
      return new Subject.Known(by.actor());
    }
    if (!(by.actor() instanceof Actor.Backend)) {
      return wrong("token, key, capabilities, clientId (expected: none, by a client token)");
    }
    if (named.size() > 1 || (client && !named.isEmpty() && !named.contains("capabilities"))) {
      return wrong("token, key, capabilities: several (expected: one of them)");
    }
    return switch (named.isEmpty() ? "capabilities" : named.getFirst()) {
      case "token" -> byToken(by.app(), json);
      case "key" -> byKey(by.app(), json);
      default -> byCapabilities(by, json);
    };
  }

  private static Subject wrong(String detail) {
    return new Subject.Wrong(Problem.of(ErrorCode.BAD_REQUEST, detail));
  }

  private Subject byToken(App app, JsonNode json) {
    return switch (Members.string(json, "token")) {
      case Checked.Refused<String>(var problem) -> new Subject.Wrong(problem);
      case Checked.Valid<String>(var text) ->
          switch (tokens.read(text)) {
            case TokenVerdict.Refused refused -> new Subject.BadToken(refused.problem());
            case TokenVerdict.Valid(var of, var token) ->
                of.id().equals(app.id())
                    ? new Subject.Known(new Actor.TokenHolder(token))
                    : wrong("token: another application's (expected: one of this application)");
          };
    };
  }

  private static Subject byKey(App app, JsonNode json) {
    return switch (Members.string(json, "key")) {
      case Checked.Refused<String>(var problem) -> new Subject.Wrong(problem);
      case Checked.Valid<String>(var key) ->
          KeyId.isValid(key) && app.key(new KeyId(key)) != null
              ? new Subject.Known(new Actor.KeyHolder(new KeyId(key)))
              : wrong("key: unknown (expected: an active key of the application)");
    };
  }

  /** As a token with these, signed by the key that asks, would be decided on. */
  private static Subject byCapabilities(Caller caller, JsonNode json) {
    Checked<ClientToken> token =
        TokenFields.optionalId(json, "clientId")
            .then(
                client ->
                    CapabilityFields.read(json)
                        .then(
                            capabilities ->
                                Checked.valid(
                                    token(
                                        caller, client.isEmpty() ? null : client, capabilities))));
    return switch (token) {
      case Checked.Refused<ClientToken>(var problem) -> new Subject.Wrong(problem);
      case Checked.Valid<ClientToken>(var valid) -> new Subject.Known(new Actor.TokenHolder(valid));
    };
  }

  private static ClientToken token(
      Caller caller, @Nullable String clientId, Capabilities capabilities) {
    return new ClientToken(null, clientId, capabilities, 0, 1, caller.key());
  }
}
