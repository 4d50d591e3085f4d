package io.carillon.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.api.http.RuleBody;
import io.carillon.core.account.Plan;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about declarations. Stateless. */
final class DeclarationBodies {
  private DeclarationBodies() {}

  /** How a tenant's applications shall be. */
  @Introspected
  @Schema(name = "Declaration")
  record Declaration(
      @Schema(description = "Up to 100, by their names") List<DeclaredAppBody> apps,
      @Schema(description = "Answer the plan, and change nothing") @Nullable Boolean dryRun,
      @Schema(
              description =
                  "Delete what is not declared: apps, and the keys, rules and webhooks of apps that declare some")
          @Nullable Boolean prune) {}

  /** How an application shall be. */
  @Introspected
  @Schema(name = "DeclaredApp")
  record DeclaredAppBody(
      @Schema(description = "Says which one it is; it is made when there is none of this name")
          String name,
      @Schema(description = "What is absent stays as it is") @Nullable DeclaredSettings settings,
      @Schema(description = "What is absent stays as it is") @Nullable DeclaredLimits limits,
      @Schema(description = "By their labels; left alone when absent")
          @Nullable List<KeyBodies.KeyRequest> keys,
      @Schema(description = "By their patterns; left alone when absent")
          @Nullable List<RuleBody> rules,
      @Schema(description = "By their addresses; left alone when absent")
          @Nullable List<WebhookBodies.WebhookRequest> webhooks) {}

  /** What is switched on. */
  @Introspected
  @Schema(name = "DeclaredSettings")
  record DeclaredSettings(
      @Nullable Boolean enabled,
      @Nullable Boolean clientEvents,
      @Nullable Boolean subscriptionCounts,
      @Nullable Boolean requireSignIn,
      @Schema(description = AppBodies.ORIGINS) @Nullable List<String> allowedOrigins) {}

  /** How much is allowed: what {@link io.carillon.core.model.Limit} has of applications. */
  @Introspected
  @Schema(name = "DeclaredLimits")
  record DeclaredLimits(
      @Nullable Integer connections,
      @Nullable Integer connectionsPerSecond,
      @Nullable Integer messagesPerSecond,
      @Nullable Integer bytesPerSecond,
      @Nullable Integer historyReadsPerSecond,
      @Nullable Integer messageBytes,
      @Nullable Integer presenceMembers,
      @Nullable Integer presenceDataBytes,
      @Nullable Integer keyMessagesPerSecond,
      @Nullable Integer keyBytesPerSecond,
      @Nullable Integer channelsPerConnection,
      @Nullable Integer subscriptionsPerSecond,
      @Nullable Integer clientEventsPerSecond) {}

  /** What became of a declaration, or what would. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Plan")
  record PlanBody(boolean dryRun, List<StepBody> steps) {
    static PlanBody of(Plan plan, boolean dryRun) {
      return new PlanBody(
          dryRun, plan.steps().stream().map(step -> StepBody.of(step, dryRun)).toList());
    }
  }

  /** What becomes of one thing. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "PlanStep")
  record StepBody(
      @Schema(pattern = "app|key|rule|webhook") String kind,
      @Schema(description = "The name of its application") String app,
      @Schema(
              description =
                  "Of the app, the key's label, the rule's pattern, or the webhook's address")
          String name,
      @Schema(pattern = "create|update|delete|unchanged") String action,
      @Nullable Map<String, String> before,
      @Nullable Map<String, String> after,
      @Schema(description = "Of a new key or webhook") @Nullable String id,
      @Schema(description = "Of a new key or webhook; it is not told again")
          @Nullable String secret) {
    static StepBody of(Plan.Step step, boolean dryRun) {
      Plan.Made made = dryRun ? null : step.made();
      byte[] secret = made == null ? null : made.secret().reveal();
      return new StepBody(
          step.kind().word(),
          step.app(),
          step.name(),
          step.action().word(),
          step.change().before(),
          step.change().after(),
          made == null ? null : made.id(),
          secret == null ? null : new String(secret, UTF_8));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return String.join(" ", Arrays.asList(action, kind, app, name));
    }
  }
}
