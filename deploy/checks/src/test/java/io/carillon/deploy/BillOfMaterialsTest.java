package io.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the server is made of, by the bill of materials (CycloneDX) that the build writes beside it.
 */
class BillOfMaterialsTest {
  private static final Path TARGET = Path.of("..", "standalone", "target").normalize();
  private static final Path BILL = TARGET.resolve("sbom/server.cdx.json");
  private static final String OURS = "io.carillon";
  private static final Pattern UNFINISHED =
      Pattern.compile("(?i).*[.-](snapshot|alpha|beta|rc|m|cr|ea)[.-]?\\d*$");

  /** Not finished by their names, and why they are here. */
  private static final Set<String> UNFINISHED_KNOWN =
      Set.of("redis-authx-core"); // jedis has no other; interfaces for tokens, which are not used

  /** How POMs call licences that the plugin knows no identifier of. */
  private static final Map<String, String> NAMES =
      Map.of(
          "Go License", "BSD-3-Clause",
          "Bouncy Castle Licence", "MIT",
          "Public Domain", Licences.PUBLIC_DOMAIN);

  private static final List<JsonNode> COMPONENTS = new ArrayList<>();

  @BeforeAll
  static void read() {
    assertThat(BILL).as("%s (expected: written by mvn package)", BILL).exists();
    JsonNode bill = Yaml.file(BILL);
    assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
    bill.get("components").forEach(COMPONENTS::add);
  }

  private static List<JsonNode> others() {
    List<JsonNode> others =
        COMPONENTS.stream().filter(it -> !it.get("group").asText().equals(OURS)).toList();
    assertThat(others).hasSizeGreaterThan(50);
    return others;
  }

  private static String nameOf(JsonNode component) {
    return component.get("group").asText() + ":" + component.get("name").asText();
  }

  /** As the library is told from all others: a classifier makes another one. */
  private static String purlOf(JsonNode component) {
    return component.get("purl").asText();
  }

  @Test
  void everyLibraryBesideTheJarIsInItByItsContent() throws IOException, NoSuchAlgorithmException {
    Set<String> said = new TreeSet<>();
    for (JsonNode component : COMPONENTS) {
      for (JsonNode hash : component.path("hashes")) {
        if (hash.get("alg").asText().equals("SHA-256")) {
          said.add(hash.get("content").asText());
        }
      }
    }
    for (Path jar : libraries()) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      assertThat(said).as("%s", jar).contains(HexFormat.of().formatHex(hash));
    }
  }

  /**
   * Others' libraries on the jar's own class path: what else lies in the folder is of earlier
   * builds.
   */
  private static List<Path> libraries() throws IOException {
    try (JarFile jar = new JarFile(TARGET.resolve("carillon-standalone.jar").toFile())) {
      String path = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      List<Path> libraries =
          Stream.of(path.split(" ", -1))
              .filter(it -> !it.startsWith("lib/carillon-"))
              .map(TARGET::resolve)
              .toList();
      assertThat(libraries).hasSizeGreaterThan(50);
      return libraries;
    }
  }

  @Test
  void licencesLetUsDeliverThem() {
    for (JsonNode component : others()) {
      assertThat(Licences.anyOf(component.path("licenses"), Licences.SHIPPED, NAMES))
          .as("%s: %s", purlOf(component), component.path("licenses"))
          .isTrue();
    }
  }

  @Test
  void eachLibraryIsThereInOneVersion() {
    Map<String, Set<String>> versions = new TreeMap<>();
    for (JsonNode component : COMPONENTS) {
      versions
          .computeIfAbsent(nameOf(component), name -> new TreeSet<>())
          .add(component.get("version").asText());
    }
    assertThat(versions.entrySet()).allMatch(each -> each.getValue().size() == 1);
  }

  @Test
  void versionsAreFinished() {
    assertThat(others())
        .filteredOn(it -> UNFINISHED.matcher(it.get("version").asText()).matches())
        .allMatch(it -> UNFINISHED_KNOWN.contains(it.get("name").asText()));
  }
}
