package io.carillon.jwt;

import static io.carillon.jwt.HandMade.CLAIMS;
import static io.carillon.jwt.HandMade.HEADER;
import static io.carillon.jwt.HandMade.NOW;
import static io.carillon.jwt.HandMade.base64;
import static io.carillon.jwt.HandMade.signed;
import static io.carillon.jwt.HandMade.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.carillon.core.auth.TokenReader;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.auth.TokenVerdict.Refused;
import io.carillon.core.auth.TokenVerdict.Valid;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JwtTokenReaderTest {
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String JSON = "{}[]\",:0e.-\\u\u0000é";
  private static final String VALID = token(HEADER, CLAIMS);

  private final Apps apps = Apps.two();
  private final TokenReader reader = new JwtTokenReader(apps, new FixedTicker(NOW));

  @Test
  void aTokenMadeByHandIsTaken() {
    assertThat(reader.read(VALID))
        .asInstanceOf(type(Valid.class))
        .satisfies(
            valid -> {
              assertThat(valid.app().id()).isEqualTo(new AppId("1"));
              assertThat(valid.token().clientId()).isEqualTo("anna");
              assertThat(valid.token().key()).isEqualTo(Apps.KEY.id());
            });
  }

  static Stream<Arguments> wrongHeaders() {
    return Stream.of(
        Arguments.of("{\"alg\":\"HS384\",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":\"HS512\",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":\"RS256\",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":\"ES256\",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":\"PS256\",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":\"EdDSA\",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":\"hs256\",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":\"HS256 \",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":\"\",\"kid\":\"key-1\"}", "alg"),
        Arguments.of("{\"alg\":null,\"kid\":\"key-1\"}", "header"),
        Arguments.of("{\"alg\":256,\"kid\":\"key-1\"}", "header"),
        Arguments.of("{\"alg\":[\"HS256\"],\"kid\":\"key-1\"}", "header"),
        Arguments.of("{\"alg\":\"none\",\"alg\":\"HS256\",\"kid\":\"key-1\"}", "header"),
        Arguments.of("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"key-1\"}", ""),
        Arguments.of("{\"kid\":\"key-1\"}", "header"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1\",\"crit\":[\"exp\"]}", "crit"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1\",\"crit\":[]}", "crit"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1\",\"crit\":null}", "crit"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1\",\"b64\":false}", "b64"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1\",\"cty\":\"JWT\"}", "cty"),
        Arguments.of("{\"alg\":\"HS256\"}", "kid"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":null}", "kid"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"\"}", "kid"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":1}", "header"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1\",\"kid\":\"key-3\"}", "header"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"../key-1\"}", "kid"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"/dev/null\"}", "kid"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1' or '1'='1\"}", "kid"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1\\u0000\"}", "kid"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"" + "k".repeat(65) + "\"}", "kid"),
        Arguments.of("[]", "header"),
        Arguments.of("null", "header"),
        Arguments.of("HS256", "header"),
        Arguments.of("{\"alg\":\"HS256\",\"kid\":\"key-1\"", "header"),
        Arguments.of("{\"alg\":\"HS256\",\"x\":" + "[".repeat(2_000), "header"));
  }

  @ParameterizedTest
  @MethodSource("wrongHeaders")
  void aHeaderIsRefusedBeforeAnyKeyIsLookedUp(String header, String named) {
    String token = token(header, CLAIMS);

    assertRefused(token, ErrorCode.TOKEN_INVALID, named);
    assertThat(apps.lookups()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", " none", "none "})
  void noSpellingOfNoneIsTaken(String alg) {
    String unsigned = base64("{\"alg\":\"" + alg + "\",\"kid\":\"key-1\"}") + "." + base64(CLAIMS);

    for (String token :
        List.of(
            unsigned, unsigned + ".", unsigned + ".AA", signed(unsigned, Apps.KEY, "HmacSHA256"))) {
      assertRefused(token, ErrorCode.TOKEN_INVALID, "");
    }
    assertThat(apps.lookups()).isZero();
  }

  static Stream<Arguments> wrongSignatures() {
    String text = base64(HEADER) + "." + base64(CLAIMS);
    String ofOther = HEADER.replace("key-1", "key-3");
    return Stream.of(
        Arguments.of("another application's secret", token(HEADER, CLAIMS, Apps.OTHER_KEY)),
        Arguments.of("another secret of the application", token(HEADER, CLAIMS, Apps.SHORT_KEY)),
        Arguments.of("kid of another application's key", token(ofOther, CLAIMS)),
        Arguments.of("a longer hash", signed(text, Apps.KEY, "HmacSHA512")),
        Arguments.of("a shorter hash", signed(text, Apps.KEY, "HmacSHA1")),
        Arguments.of("a prefix of the signature", VALID.substring(0, VALID.length() - 11)),
        Arguments.of("one byte", text + ".AA"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongSignatures")
  void aWrongSignatureIsRefused(String name, String token) {
    assertRefused(token, ErrorCode.TOKEN_INVALID, "signature");
  }

  static Stream<String> headersWithAKey() {
    return Stream.of(
        "\"jku\":\"http://127.0.0.1:1/keys\"",
        "\"x5u\":\"file:///etc/ssl/certs/ca-certificates.crt\"",
        "\"jwk\":{\"kty\":\"oct\",\"k\":\"" + base64("other-secret-0123456789") + "\"}",
        "\"x5c\":[\"AAAA\"]",
        "\"x5t#S256\":\"AAAA\"");
  }

  /** What a token says of where its key is to be found counts for nothing, nor is it fetched. */
  @ParameterizedTest
  @MethodSource("headersWithAKey")
  void aTokenDoesNotBringItsKeyAlong(String more) {
    String header = HEADER.replaceFirst("\\}$", "," + more + "}");

    assertThat(problem(token(header, CLAIMS, Apps.OTHER_KEY)).code())
        .isEqualTo(ErrorCode.TOKEN_INVALID);
    TokenVerdict signedRightly = reader.read(token(header, CLAIMS));
    if (signedRightly instanceof Valid valid) {
      assertThat(valid.token().key()).isEqualTo(Apps.KEY.id());
    }
  }

  @Test
  void noCharacterOfATokenCanBeChanged() {
    for (int at = 0; at < VALID.length(); at++) {
      for (int i = 0; i < CHARACTERS.length(); i += at < VALID.length() - 1 ? 7 : 1) {
        String other = VALID.substring(0, at) + CHARACTERS.charAt(i) + VALID.substring(at + 1);
        if (!other.equals(VALID)) {
          assertThat(reader.read(other)).as("%s at %s", i, at).isInstanceOf(Refused.class);
        }
      }
    }
  }

  static Stream<String> wrongForms() {
    String text = VALID.substring(0, VALID.lastIndexOf('.'));
    return Stream.of(
        "",
        ".",
        "..",
        "...",
        text,
        text + ".",
        VALID + "=",
        VALID + ".",
        VALID + "\n",
        " " + VALID,
        VALID.replaceFirst("\\.", ".."),
        VALID.replaceFirst("\\.", ".\u0000"),
        VALID.replaceFirst("e", "é"),
        VALID.replaceFirst("e", "+"),
        "Bearer " + VALID,
        VALID + "." + VALID,
        "a.b.c",
        "a.b.c.d.e",
        base64(VALID),
        "\"" + VALID + "\"");
  }

  @ParameterizedTest
  @MethodSource("wrongForms")
  void whatHasNotTheFormIsRefused(String token) {
    assertThat(problem(token).code()).isEqualTo(ErrorCode.TOKEN_INVALID);
    assertThat(apps.lookups()).isZero();
  }

  @Test
  void aKeyThatIsUnknownOrWasRevokedAsksForAnotherToken() {
    assertRefused(
        token(HEADER.replace("key-1", "key-9"), CLAIMS), ErrorCode.TOKEN_KEY_UNKNOWN, "key-9");

    apps.put("1", true, Apps.SHORT_KEY);
    assertRefused(VALID, ErrorCode.TOKEN_KEY_UNKNOWN, "key-1");
  }

  @Test
  void aDisabledApplicationIsRefused() {
    apps.put("1", false, Apps.KEY);

    assertThat(problem(VALID).code()).isEqualTo(ErrorCode.APP_DISABLED);
  }

  static Stream<Arguments> wrongClaims() {
    String exp = "\"exp\":1795000060";
    return Stream.of(
        Arguments.of("{}", "no exp ("),
        Arguments.of("{\"exp\":null}", "no exp ("),
        Arguments.of("{\"exp\":\"1795000060\"}", "exp ("),
        Arguments.of("{\"exp\":true}", "exp ("),
        Arguments.of("{\"exp\":-1}", "exp ("),
        Arguments.of("{\"exp\":1e300}", "exp ("),
        Arguments.of("{\"exp\":9223372036854775807}", "exp ("),
        Arguments.of("{\"exp\":99999999999999999999999}", ""),
        Arguments.of("{\"exp\":1e999}", ""),
        Arguments.of("{\"exp\":1795086431}", "exp: "),
        Arguments.of("{\"iat\":1795000000,\"exp\":1795086401}", "exp: "),
        Arguments.of("{\"iat\":1795000031," + exp + "}", "iat: "),
        Arguments.of("{\"iat\":\"now\"," + exp + "}", "iat"),
        Arguments.of("{\"nbf\":1795000031," + exp + "}", "nbf: "),
        Arguments.of("{\"nbf\":[]," + exp + "}", "nbf"),
        Arguments.of("{\"sub\":42," + exp + "}", "sub"),
        Arguments.of("{\"sub\":\"\"," + exp + "}", "sub"),
        Arguments.of("{\"sub\":\"a\\nb\"," + exp + "}", "sub"),
        Arguments.of("{\"sub\":\"" + "a".repeat(129) + "\"," + exp + "}", "sub"),
        Arguments.of("{\"jti\":{}," + exp + "}", "jti"),
        Arguments.of("{\"jti\":\"" + "a".repeat(129) + "\"," + exp + "}", "jti"),
        Arguments.of("{\"cap\":\"*\"," + exp + "}", "cap"),
        Arguments.of("{\"cap\":[\"*\"]," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"*\":\"subscribe\"}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"*\":null}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"*\":[\"*\"]}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"*\":[\"Subscribe\"]}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"*\":[null]}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"*\":[[\"subscribe\"]]}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"\":[\"subscribe\"]}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"#*\":[\"subscribe\"]}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{\"" + "a".repeat(201) + "\":[]}," + exp + "}", "cap"),
        Arguments.of("{\"cap\":{" + patterns(101) + "}," + exp + "}", "101 patterns"),
        Arguments.of("{" + exp + "," + exp + "}", "payload"),
        Arguments.of("{" + exp, "payload"),
        Arguments.of("{" + exp + "} {}", "payload"),
        Arguments.of("[" + exp + "]", "payload"),
        Arguments.of("null", "payload"),
        Arguments.of("1", "payload"),
        Arguments.of("eyJhbGciOiJIUzI1NiJ9.e30.AA", "payload"),
        Arguments.of(
            "{\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + "," + exp + "}", "payload"));
  }

  private static String patterns(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"c" + i + "\":[\"publish\"]")
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void wrongClaimsAreRefusedAlthoughTheSignatureIsRight(String claims, String named) {
    assertRefused(token(HEADER, claims), ErrorCode.TOKEN_INVALID, named);
  }

  @Test
  void aTokenHasAtMostEightKilobytes() {
    String padded = CLAIMS.replaceFirst("\\{", "{\"x\":\"" + "a".repeat(5_800) + "\",");
    assertThat(reader.read(token(HEADER, padded))).isInstanceOf(Valid.class);

    String larger = token(HEADER, padded.replaceFirst("a", "a".repeat(400)));
    assertRefused(larger, ErrorCode.TOKEN_INVALID, larger.length() + " characters");
    assertThat(problem("a".repeat(10_000_000)).code()).isEqualTo(ErrorCode.TOKEN_INVALID);
  }

  @Test
  void aTokenEndsThirtySecondsAfterItsTime() {
    assertThat(at(NOW + 3_540 + 29).read(VALID)).isInstanceOf(Valid.class);
    assertThat(at(NOW + 3_540 + 30).read(VALID))
        .asInstanceOf(type(Refused.class))
        .satisfies(
            refused -> {
              assertThat(refused.problem().code()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
              assertThat(refused.problem().detail())
                  .endsWith("exp: 1795003540 (expected: after 1795003570)");
            });
  }

  @Test
  void aTokenCountsThirtySecondsBeforeItsTime() {
    assertThat(at(NOW - 60 - 30).read(VALID)).isInstanceOf(Valid.class);
    assertThat(at(NOW - 60 - 31).read(VALID)).isInstanceOf(Refused.class);
    String later = token(HEADER, "{\"nbf\":1795000030,\"exp\":1795000060}");
    assertThat(reader.read(later)).isInstanceOf(Valid.class);
    assertThat(at(NOW - 1).read(later)).isInstanceOf(Refused.class);
  }

  @Test
  void noTextMakesItThrow() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int turn = 0; turn < 5_000; turn++) {
      for (String text :
          List.of(anything(random), changed(VALID, random, CHARACTERS + "."), unsigned(random))) {
        if (!text.equals(VALID)) {
          assertThat(reader.read(text)).as("seed %s: %s", seed, text).isInstanceOf(Refused.class);
        }
      }
      String signed = token(HEADER, changed(CLAIMS, random, JSON));
      assertThat(reader.read(signed)).as("seed %s: %s", seed, signed).isNotNull();
    }
  }

  private static String anything(Random random) {
    return random
        .ints(random.nextInt(300), 0, 0x300)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String unsigned(Random random) {
    return token(changed(HEADER, random, JSON), CLAIMS, Apps.SHORT_KEY);
  }

  private static String changed(String text, Random random, String characters) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(4) + 1; i > 0 && !changed.isEmpty(); i--) {
      int at = random.nextInt(changed.length());
      char c = characters.charAt(random.nextInt(characters.length()));
      switch (random.nextInt(4)) {
        case 0 -> changed.setCharAt(at, c);
        case 1 -> changed.insert(at, c);
        case 2 -> changed.deleteCharAt(at);
        default -> changed.setLength(at);
      }
    }
    return changed.toString();
  }

  private TokenReader at(long seconds) {
    return new JwtTokenReader(apps, new FixedTicker(seconds));
  }

  private Problem problem(String token) {
    TokenVerdict verdict = reader.read(token);
    assertThat(verdict).isInstanceOf(Refused.class);
    return ((Refused) verdict).problem();
  }

  private void assertRefused(String token, ErrorCode code, String named) {
    Problem problem = problem(token);

    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.detail()).contains(named).contains("expected").hasSizeLessThan(250);
    for (String part : token.split("\\.", -1)) {
      assertThat(part.isEmpty() || !problem.detail().contains(part)).as(part).isTrue();
    }
  }
}
