package io.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.Role;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart by Helm's own code, and what it makes by the classes of the Kubernetes API. */
class HelmChartTest {
  private static final Path CHART = Path.of("..", "helm", "carillon");
  private static final Map<String, String> SECRETS =
      Map.of(
          "postgresUrl", "postgres://carillon:pg-secret@postgres:5432/carillon",
          "redisUrl", "redis://:redis-secret@redis:6379/0",
          "masterKey", KnownSettings.KEY,
          "operatorToken", "an-operator-token-of-32-characters");

  private static KubernetesObjects chart(Map<String, String> values) {
    TemplateCommand template = new Helm(CHART).template().withName("rt").withKubeVersion("1.32.0");
    values.forEach(template::set);
    return KubernetesObjects.of(template.call());
  }

  private static Map<String, String> with(String... more) {
    Map<String, String> values = new HashMap<>(SECRETS);
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return values;
  }

  @Test
  void lintFindsNothing() {
    LintResult result = new Helm(CHART).lint().strict().call();

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @Test
  void everyFieldIsOneOfKubernetes() {
    KubernetesObjects objects =
        chart(
            with(
                "ingress.enabled", "true",
                "ingress.host", "rt.example.com",
                "ingress.className", "nginx",
                "ingress.tlsSecret", "rt-tls",
                "metrics.podMonitor.enabled", "true"));

    assertThat(objects.ofKind("Deployment")).hasSize(2);
    assertThat(objects.ofKind("HorizontalPodAutoscaler")).hasSize(2);
    assertThat(objects.ofKind("PodDisruptionBudget")).hasSize(2);
    assertThat(objects.ofKind("Ingress")).hasSize(1);
    assertThat(objects.ofKind("PodMonitor")).hasSize(1);
  }

  @Test
  void aFieldThatIsNotOfKubernetesWouldBeFound() {
    ObjectNode deployment = chart(SECRETS).named("Deployment", "rt-carillon-edge").deepCopy();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("livenesProbe", 1);

    assertThatThrownBy(() -> KubernetesObjects.check(deployment))
        .hasMessageContaining("livenesProbe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "api"})
  void theServerTakesTheSettings(String kind) {
    KubernetesObjects objects = chart(with("publicUrl", "https://rt.example.com"));
    CarillonConfig config = KnownSettings.of(environment(objects, kind));

    assertThat(config.server().roles())
        .containsExactlyInAnyOrder(
            kind.equals("edge") ? new Role[] {Role.EDGE} : new Role[] {Role.API, Role.CONSOLE});
    assertThat(config.server().port()).isEqualTo(containerPort(objects, kind, "http"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "api"})
  void aPodHasTimeForItsDrain(String kind) {
    KubernetesObjects objects =
        chart(with("drain.delaySeconds", "15", "drain.spreadSeconds", "100"));
    CarillonConfig.Drain drain = KnownSettings.of(environment(objects, kind)).server().drain();

    assertThat(pod(objects, kind).path("terminationGracePeriodSeconds").asLong())
        .isGreaterThan(drain.delay().plus(drain.spread()).toSeconds() + 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "api"})
  void whatSelectsPodsFindsThem(String kind) {
    KubernetesObjects objects = chart(SECRETS);
    String name = "rt-carillon-" + kind;
    Map<String, String> labels =
        Yaml.texts(objects.named("Deployment", name).at("/spec/template/metadata/labels"));

    assertThat(labels)
        .containsAllEntriesOf(
            Yaml.texts(objects.named("Deployment", name).at("/spec/selector/matchLabels")))
        .containsAllEntriesOf(Yaml.texts(objects.named("Service", name).at("/spec/selector")))
        .containsAllEntriesOf(
            Yaml.texts(
                objects.named("PodDisruptionBudget", name).at("/spec/selector/matchLabels")));
    assertThat(
            objects.named("HorizontalPodAutoscaler", name).at("/spec/scaleTargetRef/name").asText())
        .isEqualTo(name);
  }

  @Test
  void secretsStandInTheSecretAlone() throws Exception {
    KubernetesObjects objects = chart(SECRETS);
    String others =
        new ObjectMapper()
            .writeValueAsString(
                objects.all().stream()
                    .filter(each -> !each.path("kind").asText().equals("Secret"))
                    .toList());

    assertThat(others)
        .doesNotContain("pg-secret", "redis-secret", KnownSettings.KEY, "an-operator");
    assertThat(Yaml.texts(objects.ofKind("Secret").getFirst().path("stringData")))
        .containsValues(SECRETS.values().toArray(String[]::new));
  }

  @Test
  void aSecretOfYoursIsTaken() {
    KubernetesObjects objects = chart(Map.of("existingSecret", "mine"));

    assertThat(objects.ofKind("Secret")).isEmpty();
    assertThat(pod(objects, "edge").at("/containers/0/envFrom/1/secretRef/name").asText())
        .isEqualTo("mine");
  }

  @Test
  void podsRunAsNobodyAndWriteNothing() {
    JsonNode pod = pod(chart(SECRETS), "edge");

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(pod.at("/containers/0/securityContext/capabilities/drop/0").asText())
        .isEqualTo("ALL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresUrl", "redisUrl", "masterKey"})
  void whatIsMissingIsNamed(String missing) {
    Map<String, String> values = with();
    values.remove(missing);

    assertThatThrownBy(() -> chart(values))
        .hasMessageContaining(missing + " is missing (expected: ");
  }

  @Test
  void aValueThatNobodyReadsIsRefused() {
    assertThatThrownBy(() -> chart(with("edge.replica", "3"))).hasMessageContaining("replica");
  }

  private static JsonNode pod(KubernetesObjects objects, String kind) {
    return objects.named("Deployment", "rt-carillon-" + kind).at("/spec/template/spec");
  }

  private static int containerPort(KubernetesObjects objects, String kind, String name) {
    for (JsonNode port : pod(objects, kind).at("/containers/0/ports")) {
      if (port.path("name").asText().equals(name)) {
        return port.path("containerPort").asInt();
      }
    }
    throw new AssertionError("no port " + name);
  }

  private static Map<String, String> environment(KubernetesObjects objects, String kind) {
    Map<String, String> environment =
        new HashMap<>(Yaml.texts(objects.ofKind("ConfigMap").getFirst().path("data")));
    environment.putAll(Yaml.texts(objects.ofKind("Secret").getFirst().path("stringData")));
    for (JsonNode variable : pod(objects, kind).at("/containers/0/env")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText());
    }
    return environment;
  }
}
