package io.carillon.core.hub;

/** How a subscriber is told of who is present. */
public enum PresenceView {
  /** Not at all. */
  NONE,
  /** Of each user's coming and going, as Pusher's clients are. */
  USERS,
  /** Of what changed, joined. */
  CHANGES,
  /** Of how many there are. */
  COUNT
}
