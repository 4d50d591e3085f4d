package io.carillon.standalone;

import static io.carillon.standalone.ConsoleServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer.Browser;
import io.carillon.standalone.cli.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team's apps as they are declared, through the API and by the command. */
class ConsoleApplyTest {
  private static final String CHAT =
      "{'name':'Chat','limits':{'connections':50},"
          + "'settings':{'clientEvents':true,'allowedOrigins':['https://a.example']},"
          + "'keys':[{'label':'backend'},{'label':'bot','capabilities':{'chat:*':['publish']}}],"
          + "'rules':[{'pattern':'chat:*','historyDays':3}]}";

  @TempDir static Path data;
  @TempDir static Path folder;
  private static ConsoleServer server;

  @BeforeAll
  static void start() {
    server = new ConsoleServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String apply(Browser by, String apps, String more) throws Exception {
    return by.send("POST", by.inTenant("/apply"), "{'apps':[" + apps + "]" + more + "}").body();
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void theSameAgainChangesNothing() throws Exception {
    Browser anna = server.signedUp("anna@apply.example");

    String dry = apply(anna, CHAT, ",'dryRun':true");
    assertThat(count(dry, "\"create\"")).isEqualTo(4);
    assertThat(dry).doesNotContain("secret");
    assertThat(anna.get(anna.inTenant("/apps")).body()).doesNotContain("Chat");

    String first = apply(anna, CHAT, "");
    assertThat(count(first, "\"create\"")).isEqualTo(4);
    assertThat(count(first, "\"secret\"")).isEqualTo(2);
    String apps = anna.get(anna.inTenant("/apps")).body();
    assertThat(apps)
        .contains(
            "\"connections\":50",
            "\"clientEvents\":true",
            "\"allowedOrigins\":[\"https://a.example\"]");

    String again = apply(anna, CHAT, "");
    assertThat(count(again, "\"unchanged\"")).isEqualTo(4);
    assertThat(again).doesNotContain("secret", "create");
    assertThat(apply(anna, "{'name':'Chat'}", "")).doesNotContain("delete");
  }

  @Test
  void whatChangedIsToldAndWhatIsNotDeclaredIsDeletedWhenThatIsAskedFor() throws Exception {
    Browser bert = server.signedUp("bert@apply.example");
    apply(bert, CHAT + ",{'name':'Old'}", "");
    String changed =
        "{'name':'Chat','limits':{'connections':60},'keys':[{'label':'backend'}],'rules':[]}";

    String kept = apply(bert, changed, "");
    assertThat(kept)
        .contains("\"before\":{\"connections\":\"50\"}", "\"after\":{\"connections\":\"60\"}")
        .doesNotContain("delete");

    String pruned = apply(bert, changed, ",'prune':true");
    assertThat(count(pruned, "\"delete\"")).isEqualTo(3);
    assertThat(bert.get(bert.inTenant("/apps")).body()).doesNotContain("Old");
    String app = field(bert.get(bert.inTenant("/apps")).body().replaceFirst(".*?\\[", ""), "id");
    assertThat(bert.get(bert.inTenant("/apps/" + app + "/keys")).body()).doesNotContain("bot");
  }

  @Test
  void aMistakeIsToldWithItsPlaceAndChangesNothing() throws Exception {
    Browser carl = server.signedUp("carl@apply.example");

    assertThat(apply(carl, CHAT + ",{'name':'B','limits':{'connections':0}}", ""))
        .contains("\"/apps/1/limits/connections\"");
    assertThat(apply(carl, CHAT + ",{'name':'B','settings':{'allowedOrigins':['x']}}", ""))
        .contains("\"/apps/1/settings/allowedOrigins\"");
    assertThat(apply(carl, CHAT + ",{'name':'B','keys':[{'label':'x'},{'label':''}]}", ""))
        .contains("\"/apps/1/keys/1/label\"");
    assertThat(apply(carl, CHAT + ",{'name':'B','rules':[{'pattern':'a b'}]}", ""))
        .contains("\"/apps/1/rules/0/pattern\"");
    assertThat(apply(carl, CHAT + "," + CHAT, "")).contains("\"/apps/1/name\"");
    assertThat(apply(carl, "{'name':'B','colour':'red'}", "")).contains("\"/apps/0\"");
    assertThat(carl.get(carl.inTenant("/apps")).body()).isEqualTo("{\"apps\":[]}");
  }

  @Test
  void theCommandReadsAFile() throws Exception {
    Browser dora = server.signedUp("dora@apply.example");
    String made = dora.send("POST", "/access-tokens", "{'label':'ci','role':'admin'}").body();
    Map<String, String> environment =
        Map.of("CARILLON_URL", server.url, "CARILLON_TOKEN", field(made, "secret"));
    Path file = folder.resolve("carillon.yaml");
    Files.writeString(
        file,
        """
        apps:
          - name: Shop
            keys:
              - label: bot
                capabilities: { "orders:*": [publish] }
            rules:
              - pattern: "orders:*"
                historyDays: 30
            webhooks:
              - url: https://shop.example/hooks
                types: [channel_occupied, channel_vacated]
        """);

    assertThat(command(environment, file, "--dry-run"))
        .startsWith("0\n")
        .contains("4 changes to make");
    assertThat(command(environment, file))
        .startsWith("0\n")
        .contains("secret ", "webhook  Shop / https://shop.example/hooks", "4 changes made");
    assertThat(command(environment, file))
        .contains("unchanged  key      Shop / bot", "Nothing to change");

    Files.writeString(file, Files.readString(file).replace("30", "900"));
    assertThat(command(environment, file))
        .startsWith("1\n")
        .contains("/apps/0/rules/0", "carillon.yaml:7");
    Files.writeString(file, Files.readString(file).replace("900", "30").replace("https", "ftp"));
    assertThat(command(environment, file)).startsWith("1\n").contains("/apps/0/webhooks/0/url");
    assertThat(command(Map.of("CARILLON_URL", server.url), file))
        .startsWith("2\n")
        .contains("CARILLON_TOKEN");
  }

  /** The exit code, and what was printed. */
  private static String command(Map<String, String> environment, Path file, String... more) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream capturing = new PrintStream(printed, true, UTF_8)) {
      System.setOut(capturing);
      System.setErr(capturing);
      String[] arguments = new String[3 + more.length];
      arguments[0] = "apply";
      arguments[1] = "-f";
      arguments[2] = file.toString();
      System.arraycopy(more, 0, arguments, 3, more.length);
      int code = CommandLine.run(arguments, environment);
      return code + "\n" + printed.toString(UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
