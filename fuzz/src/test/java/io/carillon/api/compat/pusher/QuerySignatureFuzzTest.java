package io.carillon.api.compat.pusher;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.PercentCoded.Plus;
import io.carillon.api.http.QueryParameters;
import io.carillon.core.auth.Signatures;
import io.carillon.core.model.Payload;
import io.carillon.fuzz.Apps;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The query of a signed request: what is signed says exactly what is read, so that no two queries
 * share a signature and mean different things; nothing unsigned is taken, and everything is that
 * was signed as libraries do.
 */
class QuerySignatureFuzzTest {
  private static final QuerySignature SIGNATURE = new QuerySignature(Apps.DIRECTORY, Apps.TICKER);
  private static final String PATH = "/apps/1/channels";
  private static final String AUTH =
      "auth_key=key-1&auth_timestamp=" + Apps.NOW + "&auth_version=1.0";

  static Stream<byte[]> seeds() {
    return Input.seeds(
        "",
        "filter_by_prefix=presence-&info=user_count",
        "a=1&a=2",
        "A=1&a=2",
        "a=%26b%3D1&c",
        "a=x+y&b=%2B",
        "auth_signature=0&auth_signature=1",
        "a=%c3%a9&b=%00",
        "&&=&x=&y",
        "info=%252F");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void whatIsSignedIsWhatIsRead(byte[] data) {
    String query = new Input(data).restAsLatin();
    check(SIGNATURE.verify(get(query)) instanceof Checked.Refused, "unsigned: " + query);
    for (Plus plus : Plus.values()) {
      Checked<QueryParameters> read = QueryParameters.of(query, plus);
      Cost.check(256L * data.length, () -> QueryParameters.of(query, plus));
      if (read instanceof Checked.Valid<QueryParameters>(var parameters)) {
        Map<String, String> meant = meantBy(parameters.signable());
        meant.forEach(
            (name, value) ->
                check(value.equals(parameters.get(name)), name + " is not what was signed"));
        for (String pair : query.split("&", -1)) {
          String name = pair.split("=", 2)[0].toLowerCase(Locale.ROOT);
          check(
              name.isEmpty() || name.equals("auth_signature") || meant.containsKey(name),
              name + " was not signed");
        }
        if (meant.keySet().stream()
                .noneMatch(name -> name.startsWith("auth_") || name.equals("body_md5"))
            && parameters.get("auth_signature") == null) {
          signed(query, parameters, plus);
        }
      }
    }
  }

  /** The signed text, read by a rule so simple that both ends have the same one. */
  private static Map<String, String> meantBy(String signable) {
    Map<String, String> meant = new TreeMap<>();
    for (String pair : signable.isEmpty() ? new String[0] : signable.split("&", -1)) {
      int equals = pair.indexOf('=');
      check(equals > 0, "no pair: " + pair);
      check(meant.put(pair.substring(0, equals), pair.substring(equals + 1)) == null, "twice");
    }
    return meant;
  }

  private static void signed(String query, QueryParameters parameters, Plus plus) {
    Map<String, String> all = meantBy(parameters.signable());
    all.putAll(meantBy(AUTH));
    StringBuilder text = new StringBuilder("GET\n" + PATH + "\n");
    String before = "";
    for (Map.Entry<String, String> each : all.entrySet()) {
      text.append(before).append(each.getKey()).append('=').append(each.getValue());
      before = "&";
    }
    String signature = Signatures.sign(Apps.KEY.secret(), text.toString());
    Checked<SignedRequest> verified =
        SIGNATURE.verify(get(query + "&" + AUTH + "&auth_signature=" + signature));
    check(
        verified instanceof Checked.Valid<SignedRequest>(var request)
            && all.entrySet().stream()
                .allMatch(each -> each.getValue().equals(request.parameters().get(each.getKey()))),
        plus + ": signed and not taken: " + query);
    check(
        SIGNATURE.verify(get(query + "&zz=1&" + AUTH + "&auth_signature=" + signature))
            instanceof Checked.Refused,
        "taken with more than was signed");
  }

  private static Inbound get(String query) {
    return new Inbound("GET", PATH, query, name -> List.of(), Payload.binary(new byte[0]), null);
  }

  private static void check(boolean right, String what) {
    Input.check(right, what);
  }
}
