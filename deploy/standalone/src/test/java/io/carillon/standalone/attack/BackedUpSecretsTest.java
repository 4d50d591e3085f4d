package io.carillon.standalone.attack;

import static io.carillon.standalone.ConsoleServer.PASSWORD;
import static io.carillon.standalone.ConsoleServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.AccessToken;
import io.carillon.postgres.embedded.EmbeddedPostgres;
import io.carillon.standalone.Authenticator;
import io.carillon.standalone.ConsoleServer;
import io.carillon.standalone.ConsoleServer.Browser;
import io.carillon.standalone.cli.CommandLine;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * Somebody reads a backup: the file of a team, what a dump of the whole database has, or a copy of
 * its files with the log of all that was ever written. Nothing is in there that opens anything.
 *
 * <p>What is there on purpose: passwords as Argon2id, mailed links and access tokens as SHA-256 of
 * 256 random bits, recovery codes as SHA-256 of 80; secrets of keys, webhooks and authenticators
 * sealed with the master key; the ids of sessions, from which no cookie can be made without that
 * key. The copy of the files lies beside the master key and the password of the database, which are
 * files of their own, and readable by their owner alone.
 */
class BackedUpSecretsTest {
  private static final String APP = "1001";
  private static final String BOOTSTRAP = APP + ":boot-key:boot-secret-0123456789";
  private static final String OPERATOR = "operator-token-0123456789-abcdef";
  private static final String NEW_PASSWORD = "another horse battery";
  private static final Pattern RECOVERY = Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}");

  /** That the search finds what is there. */
  private static final String MAIL = "anna@backups.example";

  @TempDir private Path data;
  @TempDir private Path folder;
  private final SecretSearch search = new SecretSearch();

  @Test
  void noBackupHasASecretInIt() throws Exception {
    try (ConsoleServer server =
        new ConsoleServer(
            data,
            Map.of("CARILLON_BOOTSTRAP_APPS", BOOTSTRAP, "CARILLON_OPERATOR_TOKEN", OPERATOR))) {
      search.add("the e-mail address", MAIL);
      search.add("secret of a bootstrap app", "boot-secret-0123456789");
      search.add("operator token", OPERATOR);
      addMasterKey();
      Browser anna = live(server);

      assertNothing("the backup of a team", backup(anna.tenant));
      assertNothing("a dump of the database", dump());
    }
    assertThat(foundInFiles())
        .as("the files of the database")
        .containsExactly("the e-mail address");
  }

  @Test
  void theSearchFindsASecretInEachForm() {
    byte[] secret = {'a', 'n', (byte) 0xfb, (byte) 0xff, 0, 'y', 't', 'h', 'i', 'n', 'g', '?'};
    search.add("it", secret);

    for (int before = 0; before < 5; before++) {
      byte[] within = new byte[before + secret.length + 4];
      System.arraycopy(secret, 0, within, before, secret.length);
      assertThat(search.foundIn(within)).containsExactly("it");
      for (String text :
          List.of(
              Base64.getEncoder().encodeToString(within),
              Base64.getUrlEncoder().encodeToString(within))) {
        assertThat(search.foundIn(text.getBytes(UTF_8))).containsExactly("it in base64");
      }
      for (HexFormat hex : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
        assertThat(search.foundIn(hex.formatHex(within).getBytes(UTF_8)))
            .containsExactly("it in hex");
      }
    }
  }

  private void assertNothing(String where, byte[] bytes) {
    assertThat(bytes.length).isGreaterThan(1_000);
    assertThat(search.foundIn(bytes)).as(where).containsExactly("the e-mail address");
  }

  private void addMasterKey() throws Exception {
    String key = Files.readString(data.resolve("master.key")).strip();
    search.add("master key", key);
    search.add("master key as bytes", Base64.getDecoder().decode(key));
    Path password = data.resolve("postgres/cluster/password");
    search.add("password of the database", Files.readString(password).strip());
    for (Path secret : List.of(data.resolve("master.key"), password)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
  }

  /** All that people and programs do with secrets. */
  private Browser live(ConsoleServer server) throws Exception {
    search.add("password", PASSWORD);
    search.add("new password", NEW_PASSWORD);
    Browser anna = server.signedUp(MAIL);
    addCookie("at first", anna);
    String verify = search.add("link to confirm", server.mailedToken(MAIL, "verify"));
    done(anna, "POST", "/verifications", "{'token':'" + verify + "'}");
    server.invited(anna, "guest@backups.example", "viewer");
    search.add("used invitation", server.mailedToken("guest@backups.example", "invitation"));
    done(anna, "POST", anna.inTenant("/invitations"), "{'email':'x@y.example','role':'viewer'}");
    search.add("open invitation", server.mailedToken("x@y.example", "invitation"));
    addProgramSecrets(server, anna);

    done(anna, "POST", "/password/reset-requests", "{'email':'" + MAIL + "'}");
    String reset = search.add("used link to reset", server.mailedToken(MAIL, "reset"));
    String chosen = "{'token':'%s','password':'%s'}".formatted(reset, NEW_PASSWORD);
    done(anna, "POST", "/password/resets", chosen);
    addCookie("after a reset", anna);
    addSecondFactor(server, anna);
    done(anna, "POST", "/password/reset-requests", "{'email':'guest@backups.example'}");
    search.add("open link to reset", server.mailedToken("guest@backups.example", "reset"));
    server.browser().send("POST", "/session", credentials("a-wrong-password-0123456789"));
    search.add("wrong password", "a-wrong-password-0123456789");
    return anna;
  }

  private static String credentials(String password) {
    return "{'email':'%s','password':'%s'}".formatted(MAIL, password);
  }

  private static HttpResponse<String> done(Browser by, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = by.send(method, path, body);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 299);
    return answer;
  }

  private void addCookie(String when, Browser browser) {
    String cookie = requireNonNull(browser.cookie);
    search.add("cookie " + when, cookie.substring(cookie.indexOf('=') + 1));
    search.add("its signature " + when, cookie.substring(cookie.lastIndexOf('.') + 1));
  }

  /** Of keys, webhooks, access tokens and clients' tokens. */
  private void addProgramSecrets(ConsoleServer server, Browser anna) throws Exception {
    String apps = anna.inTenant("/apps");
    String app = apps + "/" + field(done(anna, "POST", apps, "{'name':'Chat'}").body(), "id");
    String key = done(anna, "POST", app + "/keys", "{'label':'backend'}").body();
    search.add("secret of a key", field(key, "secret"));
    String rotation = app + "/keys/" + field(key, "id") + "/rotation";
    String next = done(anna, "POST", rotation, "{'overlapSeconds':3600}").body();
    search.add("secret of its successor", field(next, "secret"));

    String hook =
        done(
                anna,
                "POST",
                app + "/webhooks",
                "{'url':'https://a.example/','types':['client_event']}")
            .body();
    addWebhookSecret("webhook's former secret", field(hook, "secret"));
    String change = app + "/webhooks/" + field(hook, "id") + "/secret";
    addWebhookSecret("webhook's secret", field(done(anna, "POST", change, "{}").body(), "secret"));

    String wish = "{'label':'ci','role':'admin','tenant':'" + anna.tenant + "'}";
    String token = field(done(anna, "POST", "/access-tokens", wish).body(), "secret");
    search.add("access token", token);
    search.add("access token's chance", token.substring(AccessToken.PREFIX.length()));
    String client = field(backend(server, "/v1/tokens", "{\"clientId\":\"ann\"}"), "token");
    search.add("client's token", client);
    backend(server, "/v1/tokens/revoke", "{\"clientId\":\"ann\"}");
    search.add("its signature", client.substring(client.lastIndexOf('.') + 1));
  }

  private void addWebhookSecret(String name, String secret) {
    search.add(name, secret);
    search.add(
        name + " as bytes", Base64.getDecoder().decode(secret.substring(secret.indexOf('_') + 1)));
  }

  private static String backend(ConsoleServer server, String path, String body) throws Exception {
    String login = BOOTSTRAP.substring(BOOTSTRAP.indexOf(':') + 1);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url + path))
            .header("content-type", "application/json")
            .header(
                "authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = server.client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 299);
    return answer.body();
  }

  private void addSecondFactor(ConsoleServer server, Browser anna) throws Exception {
    String password = "{'password':'" + NEW_PASSWORD + "'}";
    String secret = field(done(anna, "POST", "/account/second-factor", password).body(), "secret");
    search.add("authenticator's secret", secret);
    search.add("authenticator's secret as bytes", Authenticator.bytes(secret));
    String code = "{'code':'" + Authenticator.code(secret, 0) + "'}";
    String on = done(anna, "POST", "/account/second-factor/confirmation", code).body();
    for (String recovery : RECOVERY.matcher(on).results().map(MatchResult::group).toList()) {
      search.add("recovery code", recovery);
      search.add("recovery code", recovery.replace("-", ""));
    }
    String half = done(server.browser(), "POST", "/session", credentials(NEW_PASSWORD)).body();
    search.add("challenge of who is half in", field(half, "challenge"));
  }

  /** What is in a team's file, unpacked. */
  private byte[] backup(String team) throws Exception {
    Path file = folder.resolve("team.backup");
    int code =
        CommandLine.run(
            new String[] {"backup", team, "--out", file.toString()},
            Map.of("CARILLON_DATA", data.toString()));
    assertThat(code).isZero();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        all.write(entry.getName().getBytes(UTF_8));
        all.write(zip.getInputStream(entry).readAllBytes());
      }
    }
    return unescaped(all.toByteArray());
  }

  /** Each table as a dump has it, and its binary columns as their bytes behind that. */
  private byte[] dump() throws Exception {
    EmbeddedPostgres.Access access = EmbeddedPostgres.running(data).orElseThrow();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Connection connection =
            DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select table_schema || '.' || table_name from information_schema.tables"
                  + " where table_type = 'BASE TABLE'"
                  + " and table_schema not in ('pg_catalog', 'information_schema')")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertThat(tables).hasSizeGreaterThan(30);
      for (String table : tables) {
        String copy = "copy (select * from " + table + ") to stdout";
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, all);
      }
    }
    return unescaped(all.toByteArray());
  }

  /** With what is written as {@code \\x0a0b} as those bytes too. */
  private static byte[] unescaped(byte[] copied) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(copied);
    String text = new String(copied, UTF_8);
    for (MatchResult binary :
        Pattern.compile("\\\\\\\\x((?:[0-9a-f]{2})+)").matcher(text).results().toList()) {
      all.write(HexFormat.of().parseHex(binary.group(1)));
    }
    return all.toByteArray();
  }

  /** What is in anything that the stopped database has kept. */
  private Set<String> foundInFiles() throws Exception {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(data.resolve("postgres/cluster/data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.addAll(search.foundIn(Files.readAllBytes(file)));
      }
    }
    return found;
  }
}
