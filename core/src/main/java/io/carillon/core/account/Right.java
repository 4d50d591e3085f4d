package io.carillon.core.account;

/** What members may do in a tenant: the one table of roles. */
public enum Right {
  /** See the tenant, its members, applications, keys without secrets, and rules. */
  READ(TeamRole.VIEWER),
  /** Make applications, and change their names and settings. */
  CHANGE_APPS(TeamRole.DEVELOPER),
  CHANGE_KEYS(TeamRole.DEVELOPER),
  CHANGE_RULES(TeamRole.DEVELOPER),
  /** Make, change and remove webhooks, call them for a test, and replay what they were told. */
  CHANGE_WEBHOOKS(TeamRole.DEVELOPER),
  /** See what is said on channels, which others' customers may have written. */
  READ_MESSAGES(TeamRole.DEVELOPER),
  /** End connections of clients. */
  END_CONNECTIONS(TeamRole.DEVELOPER),
  DELETE_APPS(TeamRole.ADMIN),
  /** Invite, and change or remove members who are no more than oneself. */
  CHANGE_TEAM(TeamRole.ADMIN),
  READ_AUDIT_LOG(TeamRole.ADMIN),
  CHANGE_TENANT(TeamRole.ADMIN),
  DELETE_TENANT(TeamRole.OWNER);

  private final TeamRole least;

  Right(TeamRole least) {
    this.least = least;
  }

  /** The least role that has it. */
  public TeamRole least() {
    return least;
  }
}
