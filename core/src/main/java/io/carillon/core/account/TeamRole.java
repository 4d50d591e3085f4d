package io.carillon.core.account;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a member is in a tenant; who is more comes first. {@link Right} says what each may do. */
public enum TeamRole {
  OWNER,
  ADMIN,
  DEVELOPER,
  VIEWER;

  public boolean isAtLeast(TeamRole other) {
    return compareTo(other) <= 0;
  }

  /** As it is written in requests and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role, or null when there is none of this name. */
  public static @Nullable TeamRole ofWord(String word) {
    for (TeamRole role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    return null;
  }
}
