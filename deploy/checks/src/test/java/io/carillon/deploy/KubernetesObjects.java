package io.carillon.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a chart comes to. Immutable. */
record KubernetesObjects(List<JsonNode> all) {
  private interface Check {
    void of(JsonElement json) throws IOException;
  }

  private static final Map<String, Check> BY_KIND =
      Map.of(
          "apps/v1 Deployment", V1Deployment::validateJsonElement,
          "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
          "networking.k8s.io/v1 Ingress", V1Ingress::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "v1 ConfigMap", V1ConfigMap::validateJsonElement,
          "v1 Secret", V1Secret::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement,
          "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
          // Of the Prometheus operator, not of Kubernetes.
          "monitoring.coreos.com/v1 PodMonitor", json -> {});

  static KubernetesObjects of(String manifests) {
    List<JsonNode> all = Yaml.documents(manifests);
    for (JsonNode each : all) {
      check(each);
    }
    return new KubernetesObjects(all);
  }

  /**
   * Refuses fields that Kubernetes does not know, and misses those that it wants.
   *
   * @throws IllegalArgumentException with the field
   */
  static void check(JsonNode object) {
    String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    Check check = BY_KIND.get(kind);
    if (check == null) {
      throw new IllegalArgumentException(kind + " (expected: one of " + BY_KIND.keySet() + ")");
    }
    try {
      check.of(JsonParser.parseString(object.toString()));
    } catch (IOException e) {
      throw new IllegalArgumentException(kind, e);
    }
  }

  List<JsonNode> ofKind(String kind) {
    return all.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
  }

  JsonNode named(String kind, String name) {
    return ofKind(kind).stream()
        .filter(each -> each.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }
}
