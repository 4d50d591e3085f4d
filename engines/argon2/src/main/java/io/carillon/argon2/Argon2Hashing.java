package io.carillon.argon2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.carillon.core.account.PasswordHashing;
import io.carillon.core.model.Secret;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with OWASP's least parameters: 19 MiB, 2 passes, 1 lane. Hashes are written
 * in the form of the reference implementation, so that parameters can grow and old hashes still
 * count. Immutable, thread-safe.
 *
 * <pre>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</pre>
 */
public final class Argon2Hashing implements PasswordHashing {
  private static final Cost COST = new Cost(19_456, 2, 1);
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** A hash that someone has put into the database must not cost more than this. */
  private static final Cost COST_MAX = new Cost(262_144, 10, 4);

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,9}),t=([0-9]{1,4}),p=([0-9]{1,4})"
              + "\\$([A-Za-z0-9+/]{11,88})\\$([A-Za-z0-9+/]{22,88})");

  private final SecureRandom random = new SecureRandom();

  private record Cost(int kibibytes, int passes, int lanes) {
    boolean isAtMost(Cost most) {
      return kibibytes <= most.kibibytes && passes <= most.passes && lanes <= most.lanes;
    }

    boolean isPossible() {
      return passes >= 1 && lanes >= 1 && kibibytes >= 8 * lanes;
    }
  }

  @Override
  public Secret hash(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return written(salt, hash(password, salt, COST, HASH_BYTES));
  }

  @Override
  public boolean matches(Secret password, Secret hash) {
    Matcher parts = FORM.matcher(new String(hash.reveal(), US_ASCII));
    if (!parts.matches()) {
      return false;
    }
    Cost cost =
        new Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    if (!cost.isPossible() || !cost.isAtMost(COST_MAX)) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(expected, hash(password, salt, cost, expected.length));
  }

  /** All zeros, which is no password's with any chance worth the name. */
  @Override
  public Secret nobodys() {
    return written(new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  private static byte[] hash(Secret password, byte[] salt, Cost cost, int bytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.kibibytes())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] text = password.reveal();
    byte[] hash = new byte[bytes];
    generator.generateBytes(text, hash);
    Arrays.fill(text, (byte) 0);
    return hash;
  }

  private static Secret written(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return Secret.of(
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                COST.kibibytes(),
                COST.passes(),
                COST.lanes(),
                base64.encodeToString(salt),
                base64.encodeToString(hash)));
  }
}
