package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.account.Acting;
import io.carillon.core.account.AuditLog.Entry;
import io.carillon.core.account.AuditLog.Numbered;
import io.carillon.core.account.Invitation;
import io.carillon.core.account.TeamMember;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about tenants, members and what they changed. Stateless. */
final class TeamBodies {
  private TeamBodies() {}

  /** A name that people give. */
  @Introspected
  @Schema(name = "NameRequest")
  record Name(@Schema(description = "1 to 100 characters") String name) {}

  /** Another role. */
  @Introspected
  @Schema(name = "RoleRequest")
  record Role(@Schema(pattern = "owner|admin|developer|viewer") String role) {}

  /** Who is to become a member. */
  @Introspected
  @Schema(name = "InvitationRequest")
  record Invite(String email, @Schema(pattern = "owner|admin|developer|viewer") String role) {}

  /** A member. */
  @Serdeable
  @Schema(name = "TeamMember")
  record MemberBody(
      String id,
      String email,
      @Schema(pattern = "owner|admin|developer|viewer") String role,
      String since,
      @Schema(description = "Whether it is whoever asks") boolean self) {
    static MemberBody of(TeamMember member, Acting by) {
      return new MemberBody(
          member.id().toString(),
          member.email().value(),
          member.role().word(),
          member.since().toString(),
          member.account().equals(by.account().id()));
    }
  }

  /** All members. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "TeamMembers")
  record Members(List<MemberBody> members) {
    static Members of(List<TeamMember> members, Acting by) {
      return new Members(members.stream().map(it -> MemberBody.of(it, by)).toList());
    }
  }

  /** An invitation, without its link. */
  @Serdeable
  @Schema(name = "Invitation")
  record InvitationBody(
      String id,
      String email,
      @Schema(pattern = "owner|admin|developer|viewer") String role,
      String expiresAt) {
    static InvitationBody of(Invitation invitation) {
      return new InvitationBody(
          invitation.id().toString(),
          invitation.email().value(),
          invitation.role().word(),
          invitation.expiresAt().toString());
    }
  }

  /** All invitations. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Invitations")
  record Invitations(List<InvitationBody> invitations) {
    static Invitations of(List<Invitation> invitations) {
      return new Invitations(invitations.stream().map(InvitationBody::of).toList());
    }
  }

  /** A page of the audit log. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "AuditLog")
  record Log(
      @Schema(description = "The newest first") List<LogEntry> entries,
      @Schema(description = "For the next page; absent on the last one") @Nullable String cursor) {
    static Log of(List<Numbered> page, int limit) {
      return new Log(
          page.stream().map(LogEntry::of).toList(),
          page.size() < limit ? null : String.valueOf(page.getLast().number()));
    }
  }

  /** What somebody changed. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "AuditEntry")
  record LogEntry(
      String id,
      String at,
      @Schema(description = "The e-mail address of who did it, as it was then") String by,
      @Schema(description = "The label of the access token with which it was done, if one was")
          @Nullable String token,
      @Schema(description = "The address it came from") String from,
      @Schema(description = "Such as key.created") String action,
      @Schema(description = "What was changed") String target,
      @Schema(description = "The values before; absent where there were none")
          @Nullable Map<String, String> before,
      @Schema(description = "The values after; absent where there are none")
          @Nullable Map<String, String> after) {
    static LogEntry of(Numbered numbered) {
      Entry entry = numbered.entry();
      return new LogEntry(
          String.valueOf(numbered.number()),
          entry.at().toString(),
          entry.author().email().value(),
          entry.author().token(),
          entry.author().address(),
          entry.action(),
          entry.target(),
          entry.change().before(),
          entry.change().after());
    }
  }
}
