package io.carillon.edge.protocol.carillon;

import io.carillon.edge.format.Symbol;

/** The keys of the server's frames. Immutable. */
final class Keys {
  static final Symbol T = Symbol.of("t");
  static final Symbol I = Symbol.of("i");
  static final Symbol CH = Symbol.of("ch");
  static final Symbol E = Symbol.of("e");
  static final Symbol F = Symbol.of("f");
  static final Symbol O = Symbol.of("o");
  static final Symbol M = Symbol.of("m");
  static final Symbol N = Symbol.of("n");
  static final Symbol D = Symbol.of("d");
  static final Symbol ID = Symbol.of("id");
  static final Symbol BY = Symbol.of("by");
  static final Symbol TS = Symbol.of("ts");
  static final Symbol X = Symbol.of("x");
  static final Symbol OP = Symbol.of("op");
  static final Symbol REF = Symbol.of("ref");
  static final Symbol IDS = Symbol.of("ids");
  static final Symbol DEL = Symbol.of("del");
  static final Symbol R = Symbol.of("r");
  static final Symbol V = Symbol.of("v");
  static final Symbol IN = Symbol.of("in");
  static final Symbol YOU = Symbol.of("you");
  static final Symbol CONN = Symbol.of("conn");
  static final Symbol HB = Symbol.of("hb");
  static final Symbol LIMITS = Symbol.of("limits");
  static final Symbol MESSAGE = Symbol.of("message");
  static final Symbol CHANNELS = Symbol.of("channels");
  static final Symbol START = Symbol.of("start");
  static final Symbol SE = Symbol.of("se");
  static final Symbol PREV = Symbol.of("prev");
  static final Symbol RECOVERED = Symbol.of("recovered");
  static final Symbol WHY = Symbol.of("why");
  static final Symbol DUP = Symbol.of("dup");
  static final Symbol MORE = Symbol.of("more");
  static final Symbol KIND = Symbol.of("kind");
  static final Symbol CODE = Symbol.of("code");
  static final Symbol MSG = Symbol.of("msg");
  static final Symbol RETRY = Symbol.of("retry");
  static final Symbol AFTER = Symbol.of("after");

  static final Symbol SESSION = Symbol.of("session");
  static final Symbol MEMBER = Symbol.of("member");
  static final Symbol SNAP = Symbol.of("snap");
  static final Symbol SET = Symbol.of("set");
  static final Symbol K = Symbol.of("k");
  static final Symbol OF = Symbol.of("of");

  private Keys() {}
}
