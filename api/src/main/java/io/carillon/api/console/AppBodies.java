package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.api.http.Checked;
import io.carillon.core.account.Acting;
import io.carillon.core.account.Apps;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Features;
import io.carillon.core.model.AppSettings.Limits;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about applications. Stateless. */
final class AppBodies {
  static final String ORIGINS =
      "Origins such as https://app.example.com whose web pages may connect, up to 50; empty for all"
          + " that the server lets in";

  private AppBodies() {}

  /** The tenant's application that the path names. */
  static Checked<Apps.Listed> app(Apps apps, ConsoleCall call, Acting by) {
    return AppId.isValid(call.subject())
        ? ConsoleAnswer.checked(apps.find(by, new AppId(call.subject())))
        : Checked.refused(Problem.of(ErrorCode.TENANT_APP_UNKNOWN));
  }

  /** The settings with what the form has of them. */
  static Checked<AppSettings> settings(Form form, AppSettings old) {
    return form.flag("enabled", old.enabled())
        .then(
            enabled ->
                features(form, old.features())
                    .then(
                        features ->
                            LimitFields.changed(form, old.limits())
                                .then(
                                    limits ->
                                        OriginFields.changed(form, old.origins())
                                            .then(
                                                origins ->
                                                    Checked.valid(
                                                        new AppSettings(
                                                            enabled, features, limits,
                                                            origins))))));
  }

  private static Checked<Features> features(Form form, Features old) {
    return form.flag("clientEvents", old.clientEvents())
        .then(
            events ->
                form.flag("subscriptionCounts", old.subscriptionCounts())
                    .then(
                        counts ->
                            form.flag("requireSignIn", old.requireSignIn())
                                .then(
                                    signIn ->
                                        Checked.valid(new Features(events, counts, signIn)))));
  }

  /** What is to change. */
  @Introspected
  @Schema(name = "AppChange", description = "What is absent stays as it is")
  record AppChange(
      @Nullable String name,
      @Schema(description = "A disabled application refuses connections and requests")
          @Nullable Boolean enabled,
      @Schema(description = "Clients may send events on private and presence channels")
          @Nullable Boolean clientEvents,
      @Schema(description = "Subscribers are told how many they are")
          @Nullable Boolean subscriptionCounts,
      @Schema(description = "A connection has to sign in") @Nullable Boolean requireSignIn,
      @Schema(description = ORIGINS) @Nullable List<String> allowedOrigins,
      @Schema(minimum = "1", maximum = "1000000") @Nullable Integer connections,
      @Schema(minimum = "1", maximum = "131072") @Nullable Integer messageBytes,
      @Schema(minimum = "1", maximum = "1000") @Nullable Integer clientEventsPerSecond,
      @Schema(minimum = "1", maximum = "10000") @Nullable Integer presenceMembers,
      @Schema(minimum = "1", maximum = "10000") @Nullable Integer channelsPerConnection) {}

  /** An application. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "App")
  record AppBody(
      String id,
      String name,
      String since,
      boolean enabled,
      boolean clientEvents,
      boolean subscriptionCounts,
      boolean requireSignIn,
      @Schema(description = ORIGINS) List<String> allowedOrigins,
      int connections,
      int messageBytes,
      int clientEventsPerSecond,
      int presenceMembers,
      int channelsPerConnection) {
    static AppBody of(Apps.Listed listed) {
      AppSettings settings = listed.app().settings();
      Features features = settings.features();
      Limits limits = settings.limits();
      return new AppBody(
          listed.app().id().value(),
          listed.listing().name(),
          listed.listing().since().toString(),
          settings.enabled(),
          features.clientEvents(),
          features.subscriptionCounts(),
          features.requireSignIn(),
          settings.origins().allowed(),
          limits.connections(),
          limits.messageBytes(),
          limits.clientEventsPerSecond(),
          limits.presenceMembers(),
          limits.channelsPerConnection());
    }
  }

  /** All of a tenant's applications. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Apps")
  record AppList(List<AppBody> apps) {}
}
