package io.carillon.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigLoaderTest {

  @Test
  void nothingGivenIsAWorkingConfiguration() {
    CarillonConfig config = loaded(Map.of(), Map.of());

    assertThat(config.server().host()).isEqualTo("0.0.0.0");
    assertThat(config.server().port()).isEqualTo(8080);
    assertThat(config.server().roles()).containsExactlyInAnyOrder(Role.values());
    assertThat(config.server().publicUrl()).isNull();
    assertThat(config.storage())
        .isEqualTo(new CarillonConfig.Storage(Path.of("data"), null, null, null));
    assertThat(config.access())
        .isEqualTo(new CarillonConfig.Access(List.of(), List.of("*"), null, List.of(), true));
    assertThat(config.heartbeat()).isEqualTo(new CarillonConfig.Heartbeat(25, 120, 30));
    assertThat(config.limits())
        .isEqualTo(
            new CarillonConfig.Limits(
                131_072,
                1_048_576,
                1_048_576,
                67_108_864,
                100_000,
                new CarillonConfig.Rates(0, 0, 0)));
  }

  @Test
  void theEnvironmentWinsOverTheFile() {
    CarillonConfig config =
        loaded(
            Map.of("CARILLON_PORT", "9000", "HOME", "/home/me"),
            Map.of(
                "carillon", Map.of("port", 7000, "heartbeat", Map.of("pong-timeout-seconds", 5))));

    assertThat(config.server().port()).isEqualTo(9000);
    assertThat(config.heartbeat().pongTimeoutSeconds()).isEqualTo(5);
  }

  @Test
  void aListMayBeAYamlListOrHaveCommas() {
    CarillonConfig config =
        loaded(
            Map.of("CARILLON_TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
            Map.of("carillon", Map.of("roles", List.of("api", "edge"))));

    assertThat(config.server().roles()).containsExactlyInAnyOrder(Role.API, Role.EDGE);
    assertThat(config.access().trusts(InetAddress.ofLiteral("10.9.8.7"))).isTrue();
    assertThat(config.access().trusts(InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(config.access().trusts(InetAddress.ofLiteral("11.0.0.1"))).isFalse();
  }

  @Test
  void anEmptyValueCountsAsUnset() {
    assertThat(loaded(Map.of("CARILLON_PORT", " "), Map.of()).server().port()).isEqualTo(8080);
  }

  @Test
  void bootstrapAppsCarryTheirSecretUnseen() {
    CarillonConfig config =
        loaded(Map.of("CARILLON_BOOTSTRAP_APPS", "1:key-1:s:1,2:key-2:s2"), Map.of());

    List<CarillonConfig.BootstrapApp> apps = config.access().bootstrapApps();
    assertThat(apps).extracting(app -> app.id()).containsExactly(new AppId("1"), new AppId("2"));
    assertThat(apps.getFirst().key().id()).isEqualTo(new KeyId("key-1"));
    assertThat(apps.getFirst().key().secret()).isEqualTo(Secret.of("s:1"));
    assertThat(config.toString()).doesNotContain("s:1").doesNotContain("s2");
  }

  @Test
  void postgresCredentialsLeaveTheAddress() {
    for (String url :
        List.of(
            "postgres://me:p%40ss+1@db:5433/carillon?sslmode=require",
            "jdbc:postgresql://db:5433/carillon?user=me&sslmode=require&password=p%40ss%2B1")) {
      PostgresUrl postgres =
          loaded(Map.of("CARILLON_POSTGRES_URL", url), Map.of()).storage().postgres();

      assertThat(postgres)
          .isEqualTo(
              new PostgresUrl(
                  "jdbc:postgresql://db:5433/carillon?sslmode=require", "me", Secret.of("p@ss+1")));
    }
  }

  @Test
  void allProblemsAreToldAtOnceWithValueAndExpectation() {
    List<String> problems =
        problems(
            Map.of(
                "CARILLON_PORT", "70000",
                "CARILLON_PROT", "1",
                "CARILLON_TEST_ANYTHING", "x"),
            Map.of(
                "carillon", Map.of("limits", Map.of("outbox-byte", 1, "max-frame-bytes", "many"))));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "CARILLON_PORT: 70000 (expected: 0..65535)",
            "CARILLON_PROT: no such setting (expected: a known one; nearest: CARILLON_PORT)",
            "carillon.limits.outbox-byte: no such setting (expected: a known one; nearest:"
                + " carillon.limits.outbox-bytes)",
            "carillon.limits.max-frame-bytes: many (expected: 65536..16777216)");
  }

  @Test
  void theMasterKeyMayBeBase64OrHex() {
    for (String key : List.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "0a".repeat(32))) {
      assertThat(loaded(Map.of("CARILLON_MASTER_KEY", key), Map.of()).storage().masterKey())
          .isEqualTo(Secret.of(key));
    }
  }

  @Test
  void aWrongSecretIsNotRepeated() {
    List<String> problems =
        problems(
            Map.of(
                "CARILLON_MASTER_KEY", "hunter2",
                "CARILLON_POSTGRES_URL", "postgres://me:hunter2@/",
                "CARILLON_BOOTSTRAP_APPS", "1:hunter2",
                "CARILLON_REDIS_URL", "redis-cluster://:hunter2@localhost/x y"),
            Map.of());

    assertThat(problems)
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).doesNotContain("hunter2").contains("(expected: "))
        .anyMatch(line -> line.contains("redis-sentinel://"));
  }

  @Test
  void eachSettingRefusesWhatItCannotUse() {
    Map<String, String> wrong =
        Map.ofEntries(
            Map.entry("CARILLON_ROLES", "api,worker"),
            Map.entry("CARILLON_HOST", "not a host"),
            Map.entry("CARILLON_PUBLIC_URL", "https://example.com/path"),
            Map.entry("CARILLON_METRICS_PORT", "65536"),
            Map.entry("CARILLON_METRICS_HOST", "not a host"),
            Map.entry("CARILLON_TRUSTED_PROXIES", "10.0.0.0/33"),
            Map.entry("CARILLON_ALLOWED_ORIGINS", "https://a.example/path"),
            Map.entry("CARILLON_DEMO_APP", "maybe"),
            Map.entry("CARILLON_HEARTBEAT_INTERVAL_SECONDS", "0"),
            Map.entry("CARILLON_HEARTBEAT_ACTIVITY_TIMEOUT_SECONDS", "0"),
            Map.entry("CARILLON_LIMITS_MAX_CONNECTIONS_PER_NODE", "-1"));

    assertThat(problems(wrong, Map.of()))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactlyInAnyOrderElementsOf(wrong.keySet());
  }

  private static CarillonConfig loaded(Map<String, String> environment, Map<String, Object> yaml) {
    ConfigLoader.Result result = ConfigLoader.load(environment, yaml);
    assertThat(result).isInstanceOf(ConfigLoader.Loaded.class);
    return ((ConfigLoader.Loaded) result).config();
  }

  private static List<String> problems(Map<String, String> environment, Map<String, Object> yaml) {
    ConfigLoader.Result result = ConfigLoader.load(environment, yaml);
    assertThat(result).isInstanceOf(ConfigLoader.Refused.class);
    return ((ConfigLoader.Refused) result).problems();
  }
}
