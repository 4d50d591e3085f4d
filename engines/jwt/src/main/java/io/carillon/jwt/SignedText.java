package io.carillon.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.UrlSafe;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token's compact form whose outside was checked: its size and characters, and a header that asks
 * for nothing but HS256 with a key. Nothing in it is to be believed before its signature was
 * checked. Immutable.
 */
record SignedText(KnownHeaders.Known known, String input, Base64URL payload, Base64URL signature) {
  static final int MAX_LENGTH = 8_192;

  static SignedText of(String text, KnownHeaders headers) throws MalformedTokenException {
    if (text.length() > MAX_LENGTH) {
      throw new MalformedTokenException(
          text.length() + " characters (expected: at most " + MAX_LENGTH + ")");
    }
    if (!isCompact(text)) {
      throw new MalformedTokenException(
          "its form (expected: header, payload and signature in Base64url, with dots between)");
    }
    int payload = text.indexOf('.') + 1;
    int signature = text.lastIndexOf('.') + 1;
    SignedText signed =
        new SignedText(
            header(text.substring(0, payload - 1), headers),
            text.substring(0, signature - 1),
            new Base64URL(text.substring(payload, signature - 1)),
            new Base64URL(text.substring(signature)));
    if (!isCanonical(signed.signature())) {
      throw new MalformedTokenException("the end of its signature (expected: unpadded Base64url)");
    }
    return signed;
  }

  /** The key that it names. */
  KeyId key() {
    return known.key();
  }

  /** Whether the key's secret made the signature; takes the same time wherever it differs. */
  boolean isSignedBy(ApiKey by) throws JOSEException {
    return new MACVerifier(SigningKey.of(by))
        .verify(known.header(), input.getBytes(StandardCharsets.US_ASCII), signature);
  }

  /** The library would skip any other character, and so take many texts for the same token. */
  private static boolean isCompact(String text) {
    int payload = text.indexOf('.') + 1;
    int signature = text.indexOf('.', payload) + 1;
    return payload > 0
        && signature > 0
        && UrlSafe.isWord(text, 0, payload - 1)
        && UrlSafe.isWord(text, payload, signature - 1)
        && UrlSafe.isWord(text, signature, text.length());
  }

  /** What was signed; to be read once the signature was checked. */
  Claims claims() throws MalformedTokenException {
    Map<String, Object> claims = object(payload);
    if (claims == null) {
      throw new MalformedTokenException("its payload (expected: a JSON object)");
    }
    return new Claims(claims);
  }

  private static KnownHeaders.Known header(String text, KnownHeaders headers)
      throws MalformedTokenException {
    KnownHeaders.Known known = headers.get(text);
    if (known == null) {
      JWSHeader header = parsed(text);
      known = new KnownHeaders.Known(text, header, keyOf(header));
      headers.put(known);
    }
    return known;
  }

  private static JWSHeader parsed(String text) throws MalformedTokenException {
    try {
      return JWSHeader.parse(new Base64URL(text));
    } catch (ParseException | RuntimeException e) {
      // the library fails on a header that is null, instead of refusing it
      throw new MalformedTokenException("its header (expected: a JSON object with alg HS256)");
    }
  }

  private static KeyId keyOf(JWSHeader header) throws MalformedTokenException {
    if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
      throw new MalformedTokenException("alg (expected: HS256)");
    }
    Map<String, Object> all = object(header.toBase64URL());
    // the library passes over a crit that is empty or null, and obeys b64 without crit
    if (all == null || all.containsKey("crit") || all.containsKey("b64")) {
      throw new MalformedTokenException(
          "an extension in its header (expected: neither crit nor b64)");
    }
    if (header.getContentType() != null) {
      throw new MalformedTokenException("cty (expected: no token inside the token)");
    }
    String kid = header.getKeyID();
    if (kid == null || !KeyId.isValid(kid)) {
      throw new MalformedTokenException("kid (expected: the key whose secret signed it)");
    }
    return new KeyId(kid);
  }

  private static @Nullable Map<String, Object> object(Base64URL part) {
    try {
      return JSONObjectUtils.parse(part.decodeToString());
    } catch (ParseException e) {
      return null;
    }
  }

  /** The last character of a text has bits to spare, which the library does not look at. */
  private static boolean isCanonical(Base64URL part) {
    return Base64URL.encode(part.decode()).equals(part);
  }
}
