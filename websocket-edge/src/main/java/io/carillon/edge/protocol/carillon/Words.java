package io.carillon.edge.protocol.carillon;

import io.carillon.edge.format.Symbol;

/** The constant texts of the server's frames. Immutable. */
final class Words {
  static final Symbol WELCOME = Symbol.of("welcome");
  static final Symbol REAUTH = Symbol.of("reauth");
  static final Symbol SUBBED = Symbol.of("subbed");
  static final Symbol MSG = Symbol.of("msg");
  static final Symbol OK = Symbol.of("ok");
  static final Symbol ERR = Symbol.of("err");
  static final Symbol GO = Symbol.of("go");
  static final Symbol PING = Symbol.of("ping");
  static final Symbol PONG = Symbol.of("pong");
  static final Symbol EPOCH = Symbol.of("epoch");
  static final Symbol EXPIRED = Symbol.of("expired");
  static final Symbol TOO_FAR = Symbol.of("too-far");
  static final Symbol SLOW = Symbol.of("slow");
  static final Symbol NOW = Symbol.of("now");
  static final Symbol LATER = Symbol.of("later");
  static final Symbol TOKEN = Symbol.of("token");
  static final Symbol FATAL = Symbol.of("fatal");
  static final Symbol APPEND = Symbol.of("append");
  static final Symbol UPDATE = Symbol.of("update");
  static final Symbol DELETE = Symbol.of("delete");
  static final Symbol NO = Symbol.of("no");

  static final Symbol PRES = Symbol.of("pres");
  static final Symbol EPH = Symbol.of("eph");
  static final Symbol ENTER = Symbol.of("enter");

  private Words() {}
}
