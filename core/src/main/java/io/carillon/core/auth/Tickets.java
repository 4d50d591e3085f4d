package io.carillon.core.auth;

import io.carillon.core.engine.Directory;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.KeyId;
import io.carillon.core.runtime.Ticker;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Client tokens for where they may not stand: a ticket can be part of a URL, since it counts once
 * and for seconds. It holds its token, sealed with the key that signed that, so every node can take
 * it. Which tickets were taken is known to this node alone, guarded by this. Thread-safe.
 *
 * <p>Its bytes, in Base64 for URLs: version, the key's length, the key, 12 bytes of chance, then by
 * AES-256-GCM the time of its end and the token; what stands before is authenticated too.
 */
public final class Tickets {
  /** How long a ticket counts, in seconds. */
  public static final int LIFE_SECONDS = 30;

  /** A larger token would make a ticket that does not fit a URL. */
  public static final int TOKEN_BYTES_MAX = 2_000;

  /** Taken tickets that this node remembers; beyond it tickets are refused, not taken twice. */
  static final int TAKEN_MAX = 100_000;

  private static final long LIFE_MILLIS = LIFE_SECONDS * 1_000L;

  /** The clock of the node that made it may be ahead by as much again. */
  private static final long REMEMBERED_MILLIS = 2 * LIFE_MILLIS;

  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final String MAC = "HmacSHA256";
  private static final byte[] PURPOSE = "carillon ticket v1".getBytes(StandardCharsets.US_ASCII);
  private static final Problem NONE =
      Problem.of(ErrorCode.TICKET_INVALID, "expected: one that was made here and not used before");

  private final Directory directory;
  private final Ticker ticker;
  private final SecureRandom random = new SecureRandom();
  private final Set<ByteBuffer> taken = new HashSet<>();
  private final ArrayDeque<Taken> oldestFirst = new ArrayDeque<>();

  private record Taken(ByteBuffer nonce, long forgetAt) {}

  public Tickets(Directory directory, Ticker ticker) {
    this.directory = directory;
    this.ticker = ticker;
  }

  /** What became of asking for a ticket. */
  public sealed interface IssueOutcome {
    /**
     * The ticket.
     *
     * @param expiresAt milliseconds since 1970
     */
    record Issued(String text, long expiresAt) implements IssueOutcome {
      @Override
      public String toString() {
        return "Issued(until " + expiresAt + ")";
      }
    }

    record Refused(Problem problem) implements IssueOutcome {}
  }

  /** What a ticket was worth. */
  public sealed interface TakeOutcome {
    /** The token that it stood for, which may have been revoked since. */
    record Taken(String token) implements TakeOutcome {
      @Override
      public String toString() {
        return "Taken(a token)";
      }
    }

    record Refused(Problem problem) implements TakeOutcome {}
  }

  /**
   * A ticket for a token.
   *
   * @param key which signed the token, as its reader has found
   * @param origin of the page that asks; null for a program that is none
   */
  public IssueOutcome issue(KeyId key, String token, @Nullable String origin) {
    App app = directory.appOfKey(key);
    ApiKey sealing = app == null ? null : app.key(key);
    if (app == null || sealing == null) {
      return new IssueOutcome.Refused(Problem.of(ErrorCode.APP_UNKNOWN, key.value()));
    }
    Problem closed = Authorizer.refusalToConnect(app, origin);
    if (closed != null) {
      return new IssueOutcome.Refused(closed);
    }
    byte[] text = token.getBytes(StandardCharsets.UTF_8);
    if (text.length > TOKEN_BYTES_MAX) {
      return new IssueOutcome.Refused(
          Problem.of(
              ErrorCode.BAD_REQUEST,
              "token: " + text.length + " bytes (expected: up to " + TOKEN_BYTES_MAX + ")"));
    }
    return sealed(sealing, text);
  }

  private IssueOutcome.Issued sealed(ApiKey key, byte[] text) {
    long expiresAt = ticker.epochMillis() + LIFE_MILLIS;
    byte[] head = head(key.id());
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] content =
        ByteBuffer.allocate(Long.BYTES + text.length).putLong(expiresAt).put(text).array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, head, nonce).doFinal(content);
      byte[] all =
          ByteBuffer.allocate(head.length + NONCE_BYTES + sealed.length)
              .put(head)
              .put(nonce)
              .put(sealed)
              .array();
      return new IssueOutcome.Issued(
          Base64.getUrlEncoder().withoutPadding().encodeToString(all), expiresAt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(CIPHER + " is part of every Java platform", e);
    }
  }

  /** Takes a ticket: the first time that it is shown to this node it stands for its token. */
  public TakeOutcome take(String ticket) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(ticket));
      if (bytes.get() != VERSION) {
        return new TakeOutcome.Refused(NONE);
      }
      String key = new String(next(bytes, bytes.get() & 0xFF), StandardCharsets.US_ASCII);
      ApiKey sealing = KeyId.isValid(key) ? keyOf(new KeyId(key)) : null;
      if (sealing == null) {
        return new TakeOutcome.Refused(NONE);
      }
      byte[] nonce = next(bytes, NONCE_BYTES);
      byte[] sealed = next(bytes, bytes.remaining());
      byte[] content =
          cipher(Cipher.DECRYPT_MODE, sealing, head(sealing.id()), nonce).doFinal(sealed);
      return takeOnce(ByteBuffer.wrap(nonce), ByteBuffer.wrap(content));
    } catch (IllegalArgumentException | BufferUnderflowException | AEADBadTagException e) {
      return new TakeOutcome.Refused(NONE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(CIPHER + " is part of every Java platform", e);
    }
  }

  private TakeOutcome takeOnce(ByteBuffer nonce, ByteBuffer content) {
    long now = ticker.epochMillis();
    long expiresAt = content.getLong();
    if (expiresAt <= now || expiresAt > now + REMEMBERED_MILLIS) {
      return new TakeOutcome.Refused(
          Problem.of(ErrorCode.TICKET_INVALID, "its " + LIFE_SECONDS + " seconds are over"));
    }
    Problem problem = remember(nonce, now);
    return problem != null
        ? new TakeOutcome.Refused(problem)
        : new TakeOutcome.Taken(StandardCharsets.UTF_8.decode(content).toString());
  }

  private synchronized @Nullable Problem remember(ByteBuffer nonce, long now) {
    while (!oldestFirst.isEmpty() && oldestFirst.getFirst().forgetAt() <= now) {
      taken.remove(oldestFirst.removeFirst().nonce());
    }
    if (taken.contains(nonce)) {
      return NONE;
    }
    if (taken.size() >= TAKEN_MAX) {
      return Problem.of(ErrorCode.OVER_CAPACITY, TAKEN_MAX + " tickets in a minute");
    }
    taken.add(nonce);
    oldestFirst.addLast(new Taken(nonce, now + REMEMBERED_MILLIS));
    return null;
  }

  private @Nullable ApiKey keyOf(KeyId key) {
    App app = directory.appOfKey(key);
    return app == null ? null : app.key(key);
  }

  private static byte[] head(KeyId key) {
    byte[] name = key.value().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 + name.length)
        .put(VERSION)
        .put((byte) name.length)
        .put(name)
        .array();
  }

  private static byte[] next(ByteBuffer bytes, int count) {
    if (count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] part = new byte[count];
    bytes.get(part);
    return part;
  }

  private static Cipher cipher(int mode, ApiKey key, byte[] head, byte[] nonce)
      throws GeneralSecurityException {
    Mac derivation = Mac.getInstance(MAC);
    derivation.init(new SecretKeySpec(key.secret().reveal(), MAC));
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        mode,
        new SecretKeySpec(derivation.doFinal(PURPOSE), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(head);
    return cipher;
  }
}
