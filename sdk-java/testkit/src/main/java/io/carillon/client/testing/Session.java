package io.carillon.client.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A connection that was welcomed. Confined to the lane. */
final class Session {
  /** Clause 10.1: what a client that comes back is known again by. */
  final String secret;

  /** Clause 9.1. */
  final String member;

  final Set<String> channels = new HashSet<>();

  /** How it is told of presence, by channel. */
  final Map<String, Object> following = new HashMap<>();

  String credentials;
  Rights rights;

  Session(String secret, String member, String credentials, Rights rights) {
    this.secret = secret;
    this.member = member;
    this.credentials = credentials;
    this.rights = rights;
  }

  void leave(String channel) {
    channels.remove(channel);
    following.remove(channel);
  }
}
