package io.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B, the rows of SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void codesAreThoseOfTheStandard(long seconds, String code) {
    assertThat(Totp.code(SECRET, seconds / Totp.STEP_SECONDS, 8)).isEqualTo(code);
    assertThat(Totp.step(SECRET, code.substring(2), Instant.ofEpochSecond(seconds)))
        .hasValue(seconds / Totp.STEP_SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"-61, false", "-30, true", "0, true", "29, true", "30, true", "60, false"})
  void aClockMayBeOneStepOff(long late, boolean counts) {
    // a step begins at 1111111110
    Instant begun = Instant.ofEpochSecond(1_111_111_110);
    String code = Totp.code(SECRET, begun.getEpochSecond() / Totp.STEP_SECONDS, Totp.DIGITS);

    assertThat(Totp.step(SECRET, code, begun.plusSeconds(late)).isPresent()).isEqualTo(counts);
  }

  @ParameterizedTest
  @CsvSource({"''", "94287082", "28708", "ABCDEF", "'287 082'"})
  void whatIsNoCodeIsWrong(String code) {
    assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(59))).isEmpty();
  }

  @Test
  void aSecretIsTypedInBase32() {
    assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(Totp.bytes(Totp.base32(SECRET))).isEqualTo(SECRET);
    String secret = Totp.newSecret();
    assertThat(secret).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.newSecret());
    assertThat(Totp.base32(Totp.bytes(secret))).isEqualTo(secret);
  }
}
