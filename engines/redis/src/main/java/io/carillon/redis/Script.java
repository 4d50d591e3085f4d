package io.carillon.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The steps that Redis takes at once, each in a file of its own. Immutable. */
enum Script {
  APPEND("log", "append"),
  READ("log", "read"),
  HEAD("log", "head"),
  FORGET("log", "forget"),
  SIGNAL("signal"),
  TELL("tell"),
  COUNT("movements", "count"),
  COUNTED("counted"),
  OCCUPIED("occupied"),
  UNCOUNT("movements", "uncount"),
  ENTER("movements", "presence", "enter"),
  LEAVE("movements", "presence", "leave"),
  ROSTER("movements", "presence", "roster"),
  DEPART("movements", "presence", "depart"),
  INHERIT("movements", "presence", "inherit"),
  MOVED("moved"),
  UNMOVED("unmoved"),
  NUMBERS("numbers"),
  LEASE("lease"),
  BURY("bury"),
  USE("use"),
  USED("used"),
  ORDER("order"),
  ORDERS("orders"),
  BUCKET("bucket"),
  SWAP("swap"),
  METERED("metered"),
  UNMETER("unmeter");

  private final String source;
  private final String digest;

  Script(String... files) {
    StringBuilder text = new StringBuilder(resource("prelude"));
    for (String file : files) {
      text.append(resource(file));
    }
    this.source = text.toString();
    this.digest = HexFormat.of().formatHex(sha1(source.getBytes(StandardCharsets.UTF_8)));
  }

  String source() {
    return source;
  }

  /** By what the server knows it once it was loaded. */
  String digest() {
    return digest;
  }

  private static String resource(String file) {
    String path = "/carillon/redis/" + file + ".lua";
    try (InputStream in = Script.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " (expected: a resource of this module)");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha1(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
