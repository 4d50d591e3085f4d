package io.carillon.core.engine;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.TenantId;

/**
 * Changes single channel rules, of which an application has one for each pattern. An application of
 * another tenant is answered as if it did not exist. Calls block; run them on a virtual thread.
 * Thread-safe.
 */
public interface RuleAdmin {
  /** Puts the rule in the place of the one with its pattern, if there is one. */
  PutOutcome put(TenantId tenant, AppId app, ChannelRule rule);

  /** Whether there was such a rule, and it is removed now. */
  boolean remove(TenantId tenant, AppId app, ChannelPattern pattern);

  /** What became of a rule. */
  enum PutOutcome {
    CREATED,
    REPLACED,
    /** The application has {@link io.carillon.core.model.App#RULES_MAX} rules already. */
    TOO_MANY,
    NO_APP
  }
}
