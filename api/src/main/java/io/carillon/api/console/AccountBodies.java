package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.account.Account;
import io.carillon.core.account.Membership;
import io.carillon.core.account.Visitor;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about accounts and sessions. Stateless. */
final class AccountBodies {
  private AccountBodies() {}

  /** Whoever signs up. */
  @Introspected
  @Schema(name = "SignUpRequest")
  record SignUp(
      @Schema(description = "Up to 254 characters") String email,
      @Schema(description = "10 to 256 characters") String password,
      @Schema(description = "The name of a new tenant; not with an invitation")
          @Nullable String tenant,
      @Schema(description = "The token of an invitation's link") @Nullable String invitation) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "SignUp";
    }
  }

  /** Whoever signs in. */
  @Introspected
  @Schema(name = "SignInRequest")
  record SignIn(String email, String password) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "SignIn";
    }
  }

  /** A new password for who is signed in. */
  @Introspected
  @Schema(name = "PasswordChange")
  record Password(String current, @Schema(description = "10 to 256 characters") String next) {}

  /** Who has forgotten a password. */
  @Introspected
  @Schema(name = "ResetRequest")
  record AskReset(String email) {}

  /** A new password by a mailed link. */
  @Introspected
  @Schema(name = "PasswordReset")
  record Reset(
      @Schema(description = "Of the mailed link") String token,
      @Schema(description = "10 to 256 characters") String password) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Reset";
    }
  }

  /** A mailed link that was opened. */
  @Introspected
  @Schema(name = "LinkToken")
  record Token(@Schema(description = "Of the mailed link") String token) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Token";
    }
  }

  /** Who is signed in. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Session")
  record Session(
      AccountBody account,
      @Schema(description = "Where the account is a member, by name") List<Tenant> tenants,
      @Schema(description = "As ISO 8601 writes it") String expiresAt) {
    static Session of(Visitor visitor) {
      return new Session(
          AccountBody.of(visitor.account()),
          visitor.memberships().stream().map(Tenant::of).toList(),
          visitor.session().expiresAt().toString());
    }
  }

  /** An account. */
  @Serdeable
  @Schema(name = "Account")
  record AccountBody(
      String id,
      String email,
      @Schema(description = "Whether a link that was mailed to the address was opened")
          boolean verified) {
    static AccountBody of(Account account) {
      return new AccountBody(account.id().toString(), account.email().value(), account.verified());
    }
  }

  /** A tenant, as one of its members sees it. */
  @Serdeable
  @Schema(name = "Tenant")
  record Tenant(
      String id,
      String name,
      @Schema(description = "Of whoever asks", pattern = "owner|admin|developer|viewer")
          String role) {
    static Tenant of(Membership membership) {
      return new Tenant(
          membership.tenant().toString(), membership.tenantName(), membership.role().word());
    }
  }

  /** All tenants of an account. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Tenants")
  record Tenants(@Schema(description = "By name") List<Tenant> tenants) {}

  /** It is done. */
  @Serdeable
  @Schema(name = "Done")
  record Done(boolean done) {
    static final Done DONE = new Done(true);
  }
}
