package io.carillon.client;

import static java.util.Objects.requireNonNull;

import io.carillon.client.internal.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs what clients of the Pusher protocol need to subscribe to private and presence channels and
 * to sign in. Immutable, so any thread may use it; nothing here waits for the network.
 *
 * <p>Ask your own rules first: a signature lets the connection in. The socket id and the channel's
 * name usually come from the client; whatever has not the form the protocol gives it is refused
 * with an {@link IllegalArgumentException}, because otherwise a client could choose the signed text
 * freely. Answer it with status 403.
 *
 * <pre>{@code
 * ChannelSigner signer = ChannelSigner.of(key, secret);
 * // POST /pusher/auth, with the form fields socket_id and channel_name
 * String body = signer.signChannel(socketId, channelName).json();
 * }</pre>
 *
 * @see <a href="https://pusher.com/docs/channels/library_auth_reference/auth-signatures/">the
 *     protocol's page on signatures</a>
 */
public final class ChannelSigner {
  /** Bytes in the master key of encrypted channels. */
  public static final int MASTER_KEY_LENGTH = 32;

  private final String key;
  private final HmacSha256 hmac;
  private final byte @Nullable [] masterKey;

  private ChannelSigner(String key, HmacSha256 hmac, byte @Nullable [] masterKey) {
    this.key = key;
    this.hmac = hmac;
    this.masterKey = masterKey;
  }

  /**
   * A signer with an application's key and that key's secret.
   *
   * @throws IllegalArgumentException when one is empty, or the key holds a colon
   */
  public static ChannelSigner of(String key, String secret) {
    return new ChannelSigner(Expected.key(key), new HmacSha256(secret), null);
  }

  /**
   * The same signer, for encrypted channels as well.
   *
   * @param masterKey 32 random bytes that only your backends know; Carillon never needs them. They
   *     are copied.
   * @throws IllegalArgumentException when it has another length
   */
  public ChannelSigner withEncryptionMasterKey(byte[] masterKey) {
    requireNonNull(masterKey, "masterKey");
    if (masterKey.length != MASTER_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "masterKey: " + masterKey.length + " bytes (expected: " + MASTER_KEY_LENGTH + " bytes)");
    }
    return new ChannelSigner(key, hmac, masterKey.clone());
  }

  /**
   * Lets a connection subscribe to a channel whose name begins with {@code private-}. The answer
   * for an encrypted channel has its {@code shared_secret}.
   *
   * @param socketId the connection, {@code <digits>.<digits>}
   * @param channel up to 200 letters, digits and {@code _ - = @ , . ;}
   * @throws IllegalArgumentException when an argument has another form
   * @throws IllegalStateException when the channel is encrypted and the signer has no master key
   */
  public AuthAnswer signChannel(String socketId, String channel) {
    String text = Expected.socketId(socketId) + ":" + Expected.privateChannel(channel);
    String auth = auth(text);
    return Expected.isEncrypted(channel)
        ? answer(auth, "shared_secret", sharedSecret(channel))
        : new AuthAnswer(auth, "{\"auth\":" + Json.quoted(auth) + "}");
  }

  /**
   * Lets a connection subscribe to a channel whose name begins with {@code presence-}, as the
   * member that the data describes.
   *
   * @param socketId the connection, {@code <digits>.<digits>}
   * @param channel up to 200 letters, digits and {@code _ - = @ , . ;}
   * @param channelData a JSON object with {@code user_id} and, if you like, {@code user_info}; it
   *     is signed and answered exactly as given
   * @throws IllegalArgumentException when an argument has another form; of the data only the braces
   *     are looked at
   */
  public AuthAnswer signPresenceChannel(String socketId, String channel, String channelData) {
    String text =
        Expected.socketId(socketId)
            + ":"
            + Expected.presenceChannel(channel)
            + ":"
            + Expected.jsonObject("channelData", channelData);
    return answer(auth(text), "channel_data", channelData);
  }

  /**
   * Lets a connection sign in as the user that the data describes.
   *
   * @param socketId the connection, {@code <digits>.<digits>}
   * @param userData a JSON object with {@code id} and, if you like, {@code user_info} and {@code
   *     watchlist}; it is signed and answered exactly as given
   * @throws IllegalArgumentException when an argument has another form; of the data only the braces
   *     are looked at
   */
  public AuthAnswer signUser(String socketId, String userData) {
    String text =
        Expected.socketId(socketId) + "::user::" + Expected.jsonObject("userData", userData);
    return answer(auth(text), "user_data", userData);
  }

  /**
   * The key that an encrypted channel's messages are sealed with, in Base64: the SHA-256 digest of
   * the channel's name and the master key.
   *
   * @param channel a name that begins with {@code private-encrypted-}
   * @throws IllegalArgumentException when the name has another form
   * @throws IllegalStateException when the signer has no master key
   */
  public String sharedSecret(String channel) {
    Expected.encryptedChannel(channel);
    if (masterKey == null) {
      throw new IllegalStateException(
          "channel: " + Json.quoted(channel) + " (expected: a signer with a master key)");
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(channel.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sha256.digest(masterKey));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }

  private String auth(String text) {
    return key + ":" + hmac.sign(text.getBytes(StandardCharsets.UTF_8));
  }

  private static AuthAnswer answer(String auth, String name, String value) {
    return new AuthAnswer(
        auth, "{\"auth\":" + Json.quoted(auth) + ",\"" + name + "\":" + Json.quoted(value) + "}");
  }

  /** The key only. */
  @Override
  public String toString() {
    return "ChannelSigner[key=" + key + "]";
  }
}
