package io.carillon.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets for the database by AES-256-GCM under the master key, bound to the key they belong
 * to: a sealed secret that is moved to another row does not open. Immutable, thread-safe.
 *
 * <pre>version 1 | nonce (12 bytes) | ciphertext and tag (16 bytes)</pre>
 */
public final class SecretSeal {
  /** What a database keeps sealed, so that it knows its master key; owner and text in one. */
  public static final String CHECK = "carillon";

  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final SecretKeySpec masterKey;
  private final SecureRandom random = new SecureRandom();

  private SecretSeal(byte[] masterKey) {
    this.masterKey = new SecretKeySpec(masterKey, "AES");
  }

  /**
   * The seal of a master key.
   *
   * @throws MasterKeyException when the text is not 32 bytes in hex or Base64
   */
  public static SecretSeal of(@Nullable String masterKey) {
    String text = masterKey == null ? "" : masterKey.strip();
    byte[] key = decode(text);
    if (key.length != KEY_BYTES) {
      throw new MasterKeyException(
          text.length() + " characters (expected: 32 bytes as 64 hex digits or as Base64)");
    }
    return new SecretSeal(key);
  }

  private static byte[] decode(String text) {
    try {
      return text.length() == 2 * KEY_BYTES
          ? HexFormat.of().parseHex(text)
          : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  byte[] seal(AppId app, KeyId key, Secret secret) {
    return seal(owner(app, key), secret.reveal());
  }

  /** The secret, or empty when it was sealed for another key or with another master key. */
  Optional<Secret> open(AppId app, KeyId key, byte[] sealed) {
    return open(owner(app, key), sealed).map(bytes -> Secret.of(new String(bytes, UTF_8)));
  }

  private static String owner(AppId app, KeyId key) {
    return app + "/" + key;
  }

  /**
   * Seals for whoever has the secret.
   *
   * @param owner which names the row
   */
  public byte[] seal(String owner, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /** What was sealed, or empty when it was for another owner or with another master key. */
  public Optional<byte[]> open(String owner, byte[] sealed) {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(nonce);
    byte[] ciphertext = new byte[in.remaining()];
    in.get(ciphertext);
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(ciphertext));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, masterKey, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(new byte[] {VERSION});
    cipher.updateAAD(owner.getBytes(UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "SecretSeal(hidden)";
  }
}
