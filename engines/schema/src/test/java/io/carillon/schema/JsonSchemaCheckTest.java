package io.carillon.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.SchemaCheck.Violation;
import io.carillon.core.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonSchemaCheckTest {
  /** Far more than a check may take, and far less than a hostile one would. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final JsonSchemaCheck schemas = new JsonSchemaCheck();

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static Payload json(String text) {
    return Payload.json(quoted(text).getBytes(StandardCharsets.UTF_8));
  }

  private Violation violation(String schema, Payload data) {
    return Objects.requireNonNull(schemas.check(quoted(schema), data));
  }

  @Test
  void dataThatSatisfiesItsSchemaIsTaken() {
    String schema =
        quoted(
            "{'type':'object','required':['price'],'additionalProperties':false,"
                + "'properties':{'price':{'type':'number'},'tags':{'type':'array','items':{'type':'string'}}}}");

    assertThat(schemas.problemWith(schema)).isNull();
    assertThat(schemas.check(schema, json("{'price':1.5,'tags':['a']}"))).isNull();
    assertThat(schemas.check(schema, Payload.text(quoted("{'price':2}")))).isNull();
  }

  @Test
  void theFirstDifferenceIsNamedWithItsPlace() {
    String schema =
        "{'properties':{'items':{'items':{'type':'integer'}}},'additionalProperties':false}";

    assertThat(violation(schema, json("{'items':[1,'x']}")).pointer()).isEqualTo("/items/1");
    assertThat(violation(schema, json("{'items':[1,'x']}")).expected())
        .contains("string")
        .contains("integer");
    assertThat(violation(schema, json("{'more':1}")).expected()).contains("more");
  }

  @Test
  void textIsAStringUnlessItIsAnObjectOrArray() {
    String string = "{'type':'string'}";

    assertThat(schemas.check(quoted(string), Payload.text("5"))).isNull();
    assertThat(schemas.check(quoted(string), Payload.text("{no json"))).isNull();
    assertThat(violation(string, Payload.text("{}")).expected()).contains("object");
    assertThat(violation(string, json("5")).expected()).contains("integer");
    assertThat(violation("true", Payload.binary(new byte[] {1})).expected()).contains("bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "{'type':'strin'}",
        "{'properties':1}",
        "{'pattern':'(a'}",
        "{'pattern':'(?=a)b'}",
        "{'pattern':'((((a{99}){99}){99}){99})'}",
        "{'$schema':'http://json-schema.org/draft-07/schema#'}",
        "{'$ref':'http://127.0.0.1:1/schema.json'}",
        "{'$ref':'classpath:/logback.xml'}",
        "{'$ref':'file:///etc/passwd'}",
        "{'$ref':'#/$defs/missing'}",
      })
  void whatIsNoUsableSchemaIsRefusedInASentence(String schema) {
    assertThat(schemas.problemWith(quoted(schema)))
        .as(schema)
        .isNotNull()
        .doesNotContain("Exception");
  }

  @Test
  void aRecursiveSchemaWorks() {
    String tree =
        quoted(
            "{'$ref':'#/$defs/t','$defs':{'t':{'type':'object','properties':"
                + "{'name':{'type':'string'},'children':{'type':'array','items':{'$ref':'#/$defs/t'}}}}}}");

    assertThat(schemas.problemWith(tree)).isNull();
    assertThat(schemas.check(tree, json("{'name':'a','children':[{'name':'b','children':[]}]}")))
        .isNull();
    assertThat(violation(tree, json("{'children':[{'children':[{'name':1}]}]}")).pointer())
        .isEqualTo("/children/0/children/0/name");
  }

  @Test
  void aHostileExpressionEndsInTime() {
    String schema = quoted("{'items':{'pattern':'^(([a-z])+.)+[A-Z]([a-z])+$'}}");
    StringBuilder data = new StringBuilder("[");
    for (int i = 0; i < 100; i++) {
      data.append(i == 0 ? "" : ",").append('"').append("a".repeat(1_000)).append('"');
    }

    assertThat(schemas.problemWith(schema)).isNull();
    assertEndsInTime(schema, data.append(']').toString());
  }

  @Test
  void aSchemaThatMultipliesEndsInTime() {
    StringBuilder schema = new StringBuilder("{'$ref':'#/$defs/d0','$defs':{");
    for (int i = 0; i < 40; i++) {
      schema.append(
          "'d%d':{'allOf':[{'$ref':'#/$defs/d%d'},{'$ref':'#/$defs/d%d'}]},"
              .formatted(i, i + 1, i + 1));
    }
    assertEndsInTime(quoted(schema.append("'d40':{'type':'string'}}}").toString()), "{}");
    assertEndsInTime(
        quoted(
            "{'anyOf':[{'properties':{'x':{'$ref':'#'}},'required':['y']},"
                + "{'properties':{'x':{'$ref':'#'}},'required':['z']}]}"),
        quoted("{'x':".repeat(60) + "1" + "}".repeat(60)));
  }

  @Test
  void aSchemaThatContainsItselfEndsInTime() {
    assertEndsInTime(quoted("{'$ref':'#'}"), "{}");
    assertEndsInTime(quoted("{'allOf':[{'$ref':'#'}]}"), "{}");
    assertEndsInTime(quoted("{'not':{'$ref':'#'}}"), "{}");
  }

  private void assertEndsInTime(String schema, String data) {
    Violation violation =
        Assertions.assertTimeoutPreemptively(BOUND, () -> schemas.check(schema, json(data)));
    assertThat(violation).isNotNull();
  }

  @Test
  void aSchemaKnowsNoOther() {
    String named = quoted("{'$id':'https://one.example/s','type':'string'}");

    assertThat(schemas.problemWith(named)).isNull();
    assertThat(schemas.check(named, Payload.text("x"))).isNull();
    assertThat(schemas.problemWith(quoted("{'$ref':'https://one.example/s'}"))).isNotNull();
  }

  @Test
  void onlySoManyAreKept() {
    for (int i = 0; i < JsonSchemaCheck.KEPT_MAX + 10; i++) {
      String schema = "{\"const\":" + i + "}";
      assertThat(schemas.check(schema, json(String.valueOf(i)))).isNull();
    }
    assertThat(schemas.kept()).isEqualTo(JsonSchemaCheck.KEPT_MAX);
  }
}
