package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.account.AccountLog;
import io.carillon.core.account.Admission;
import io.carillon.core.account.SecondFactors.Factor;
import io.carillon.core.account.SessionId;
import io.carillon.core.account.Sessions;
import io.carillon.core.account.TwoFactor;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said about second factors, sign-ins and what became of an account. Stateless. */
final class SecurityBodies {
  private SecurityBodies() {}

  /** The second step of signing in. */
  @Introspected
  @Schema(name = "SecondStepRequest")
  record SecondStep(
      String challenge,
      @Schema(description = "Of the authenticator, or a recovery code") String code) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "SecondStep";
    }
  }

  /** A password that is shown again. */
  @Introspected
  @Schema(name = "PasswordProof")
  record Proof(String password) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Proof";
    }
  }

  /** A code of a new secret. */
  @Introspected
  @Schema(name = "CodeRequest")
  record Code(@Schema(description = "Of the authenticator") String code) {}

  /** Both factors. */
  @Introspected
  @Schema(name = "PasswordAndCode")
  record Both(
      String password,
      @Schema(description = "Of the authenticator, or a recovery code") String code) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Both";
    }
  }

  /** Who wants to be gone. */
  @Introspected
  @Schema(name = "AccountDeletion")
  record AccountDeletion(
      String password,
      @Schema(description = "Where there is a second factor") @Nullable String code) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "AccountDeletion";
    }
  }

  /** A way in beside the password. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SignInProvider")
  record Provider(
      @Schema(description = "What it is called; absent where there is none")
          @Nullable String label) {}

  /** Nobody is signed in yet. */
  @Serdeable
  @Schema(name = "CodeAsked")
  record CodeAsked(
      @Schema(description = "For the second step, with a code; it opens nothing by itself")
          String challenge,
      @Schema(description = "As ISO 8601 writes it") String expiresAt) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "CodeAsked";
    }

    static CodeAsked of(Admission.CodeAsked asked) {
      return new CodeAsked(asked.token(), asked.expiresAt().toString());
    }
  }

  /** Whether there is a second factor. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SecondFactor")
  record FactorBody(
      boolean on,
      @Schema(description = "When it was turned on; absent while it is off") @Nullable String since,
      @Schema(description = "How many are left; absent while it is off")
          @Nullable Integer recoveryCodes) {
    static FactorBody of(Optional<Factor> factor) {
      return factor
          .map(it -> new FactorBody(true, String.valueOf(it.confirmedAt()), it.recoveryCodes()))
          .orElseGet(() -> new FactorBody(false, null, null));
    }
  }

  /** What an authenticator is given. */
  @Serdeable
  @Schema(name = "SecondFactorSetup")
  record SetupBody(
      @Schema(description = "In Base32, to type it; shown this once") String secret,
      @Schema(description = "otpauth:, to show as a picture") String uri) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "SetupBody";
    }

    static SetupBody of(TwoFactor.Setup setup) {
      return new SetupBody(setup.secret(), setup.uri());
    }
  }

  /** The second factor is on. */
  @Serdeable
  @Schema(name = "RecoveryCodes")
  record RecoveryCodes(
      @Schema(description = "Each counts once in the place of a code; shown this once")
          List<String> recoveryCodes) {}

  /** Where somebody is signed in. */
  @Serdeable
  @Schema(name = "SignedInAt")
  record SignedInAt(
      String since,
      String expiresAt,
      @Schema(description = "The address it came from") String from,
      @Schema(description = "As it calls itself") String browser,
      @Schema(description = "Whether it is whoever asks") boolean current) {
    static SignedInAt of(Sessions.Listed listed, SessionId asking) {
      return new SignedInAt(
          listed.since().toString(),
          listed.session().expiresAt().toString(),
          listed.from().address(),
          listed.from().browser(),
          listed.session().id().equals(asking));
    }
  }

  /** Everywhere the account is signed in. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "SignedIn")
  record SignedIn(@Schema(description = "The newest first") List<SignedInAt> sessions) {}

  /** Sessions that are over. */
  @Serdeable
  @Schema(name = "SignedOut")
  record SignedOut(@Schema(description = "How many sessions ended") int sessions) {}

  /** Something that became of an account. */
  @Serdeable
  @Schema(name = "AccountEvent")
  record Event(
      String at,
      @Schema(description = "Such as signed-in") String action,
      @Schema(description = "The address it came from") String from,
      @Schema(description = "As it called itself") String browser) {
    static Event of(AccountLog.Entry entry) {
      return new Event(
          entry.at().toString(), entry.action(), entry.from().address(), entry.from().browser());
    }
  }

  /** The newest of what became of an account. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "AccountEvents")
  record Events(@Schema(description = "The newest first, up to 50") List<Event> events) {}
}
