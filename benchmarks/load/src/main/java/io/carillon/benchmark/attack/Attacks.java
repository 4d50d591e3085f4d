package io.carillon.benchmark.attack;

import static io.carillon.benchmark.attack.Target.ascii;
import static io.carillon.benchmark.attack.Target.frame;
import static io.carillon.benchmark.attack.Target.text;
import static io.carillon.benchmark.attack.Target.times;

import io.carillon.benchmark.attack.Attack.Strength;
import io.carillon.benchmark.attack.Script.Manners;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** All attacks, in the order of the table: before a socket is one, frames, the protocol, crowds. */
final class Attacks {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(10);
  private static final String STILL_OPEN = "open";
  private static final byte[] PING = frame(0x89, new byte[125]);
  private static final String DEFLATE =
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

  private Attacks() {}

  static List<Attack> all() {
    return java.util.stream.Stream.of(beforeSockets(), frames(), protocol(), crowds())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Attack> beforeSockets() {
    return List.of(
        new Attack(
            "silent",
            "2,000 connections that say nothing",
            "cut",
            new Strength(2_000, 500, 36),
            target -> Script.raw(new byte[0])),
        new Attack(
            "slow-head",
            "2,000 handshakes of which a line comes each second (slowloris)",
            "cut",
            new Strength(2_000, 500, 36),
            target ->
                Script.raw(ascii("GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\n"))
                    .again(ascii("X-A: b\r\n"), SECOND)),
        new Attack(
            "slow-body",
            "1,000 requests of which a byte of the body comes each second",
            "cut",
            new Strength(1_000, 500, 70),
            target ->
                Script.raw(ascii(target.request("/v1/channels/a/messages", "wrong", 10_000)))
                    .again(ascii(" "), SECOND)),
        new Attack(
            "headers",
            "50 connections that send heads without end",
            "HTTP 431",
            new Strength(50, 50, 10),
            target ->
                Script.raw(ascii("GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\n"))
                    .again(ascii("X-A: " + "b".repeat(1_000) + "\r\n"), Duration.ofMillis(1))
                    .as(Manners.STUBBORN)),
        new Attack(
            "huge-body",
            "50 connections with requests that announce a gigabyte",
            "HTTP 413",
            new Strength(50, 50, 10),
            target ->
                Script.raw(
                        ascii(target.request("/v1/channels/a/messages", target.secret(), 1L << 30)))
                    .again(new byte[1_000], TICK)
                    .as(Manners.STUBBORN)),
        new Attack(
            "unread-answers",
            "50 connections that send requests without end and read no answer",
            "held back",
            new Strength(50, 50, 10),
            target ->
                Script.raw(new byte[0])
                    .again(times(200, target.publish("a", "x", false)), TICK)
                    .as(Manners.DEAF)),
        new Attack(
            "unread-pages",
            "50 connections that ask for the console's page without end and read nothing",
            "cut",
            new Strength(50, 50, 10),
            target ->
                Script.raw(new byte[0])
                    .again(times(20, ascii("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")), TICK)
                    .as(Manners.DEAF)),
        new Attack(
            "wrong-secret",
            "2,000 publishes a second with a wrong secret",
            "HTTP 401",
            new Strength(20, 20, 10),
            target -> Script.raw(new byte[0]).again(target.publish("a", "x", false), TICK)));
  }

  private static List<Attack> frames() {
    return List.of(
        new Attack(
            "oversize",
            "50 connections that announce a frame of a terabyte",
            "close 1009",
            new Strength(50, 50, 10),
            target ->
                Script.socket(
                        target.handshake(),
                        new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0})
                    .as(Manners.STUBBORN)),
        new Attack(
            "fragments",
            "50 connections with a message in fragments without end",
            "close 1009",
            new Strength(50, 50, 10),
            target ->
                Script.socket(target.handshake(), target.hello(), frame(0x01, new byte[] {'['}))
                    .again(times(20, frame(0x00, ascii(" ".repeat(100)))), TICK)
                    .as(Manners.STUBBORN)),
        new Attack(
            "empty-fragments",
            "50 connections with 10,000 empty fragments a second each",
            STILL_OPEN,
            new Strength(50, 50, 10),
            target ->
                Script.socket(target.handshake(), target.hello(), frame(0x01, new byte[] {'['}))
                    .again(times(100, frame(0x00, new byte[0])), TICK)
                    .as(Manners.STUBBORN)),
        new Attack(
            "bomb",
            "50 connections with compressed messages of 30 MB each",
            "close 1009",
            new Strength(50, 50, 10),
            target ->
                Script.socket(target.handshake(DEFLATE), Target.bomb(30_000_000))
                    .as(Manners.STUBBORN)),
        new Attack(
            "pings",
            "20 connections with 1,000 pings a second each",
            STILL_OPEN,
            new Strength(20, 20, 10),
            target ->
                Script.socket(target.handshake(), target.hello()).again(times(10, PING), TICK)),
        new Attack(
            "unread-pongs",
            "20 connections that send pings without end and read no pong",
            "cut",
            new Strength(20, 20, 10),
            target ->
                Script.socket(target.handshake(), target.hello())
                    .again(times(100, PING), TICK)
                    .as(Manners.DEAF)),
        new Attack(
            "garbage",
            "50 connections that send noise for frames",
            "close 1002",
            new Strength(50, 50, 10),
            target -> Script.socket(target.handshake(), noise()).as(Manners.STUBBORN)));
  }

  private static byte[] noise() {
    byte[] bytes = new byte[4_096];
    new Random(1).nextBytes(bytes);
    bytes[0] = (byte) 0xB3; // reserved bits, reserved opcode
    return bytes;
  }

  private static List<Attack> protocol() {
    return List.of(
        new Attack(
            "no-hello",
            "2,000 sockets that never say who they are",
            "close 4009",
            new Strength(2_000, 500, 16),
            target -> Script.socket(target.handshake())),
        new Attack(
            "forged-token",
            "50 connections with forged tokens, again and again",
            "close 4010",
            new Strength(50, 50, 10),
            target -> Script.socket(target.handshake(), target.forgedHello()).as(Manners.STUBBORN)),
        new Attack(
            "subscriptions",
            "20 connections with 1,000 subscriptions a second each",
            "err 42908",
            new Strength(20, 20, 10),
            target ->
                Script.socket(target.handshake(), target.hello())
                    .again(
                        times(10, text("{\"t\":\"sub\",\"i\":2,\"ch\":\"" + "a" + "\"}")), TICK)),
        new Attack(
            "presence-data",
            "20 connections that enter with 50 kB of data, 10 times a second each",
            "err 40012",
            new Strength(20, 20, 10),
            target ->
                Script.socket(target.handshake(), target.hello())
                    .again(
                        text(
                            "{\"t\":\"enter\",\"i\":2,\"ch\":\"presence-a\",\"d\":\""
                                + "x".repeat(50_000)
                                + "\"}"),
                        Duration.ofMillis(100))),
        new Attack(
            "long-names",
            "20 connections that name channels of 50 kB, 10 times a second each",
            "err 40010",
            new Strength(20, 20, 10),
            target ->
                Script.socket(target.handshake(), target.hello())
                    .again(
                        text("{\"t\":\"sub\",\"i\":2,\"ch\":\"" + "x".repeat(50_000) + "\"}"),
                        Duration.ofMillis(100))),
        new Attack(
            "nested",
            "20 connections with frames of 30,000 arrays in one another",
            "err 40001",
            new Strength(20, 20, 10),
            target ->
                Script.socket(target.handshake(), target.hello(), text("[".repeat(30_000)))
                    .as(Manners.STUBBORN)));
  }

  private static List<Attack> crowds() {
    return List.of(
        new Attack(
            "slow-readers",
            "200 subscribers that read nothing, of a channel with 100 messages a second of 8 kB",
            "cut",
            new Strength(200, 200, 20),
            target ->
                Script.socket(
                        target.handshake(),
                        target.hello(),
                        text("{\"t\":\"sub\",\"i\":2,\"ch\":\"slow\"}"))
                    .again(text("{\"t\":\"pong\"}"), SECOND)
                    .as(Manners.DEAF),
            target ->
                Script.raw(new byte[0])
                    .again(target.publish("slow", "x".repeat(8_000), true), TICK)),
        new Attack(
            "half-open",
            "1,000 subscribers that are gone without a word: no ping is answered",
            "close 4201",
            new Strength(1_000, 500, 40),
            target ->
                Script.socket(
                        target.handshake(),
                        target.hello(),
                        text("{\"t\":\"sub\",\"i\":2,\"ch\":\"gone\"}"))
                    .as(Manners.MUTE)),
        new Attack(
            "storm",
            "500 clients that connect, subscribe and drop the connection, again and again",
            "subbed",
            new Strength(500, 500, 10),
            target ->
                Script.socket(
                        target.handshake(),
                        target.hello(),
                        text("{\"t\":\"sub\",\"i\":2,\"ch\":\"a\"}"))
                    .as(Manners.FLEETING)));
  }
}
