package io.carillon.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.config.RedisUrl.Access;
import io.carillon.core.config.RedisUrl.Kind;
import io.carillon.core.model.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisUrlTest {
  private static final Access PLAIN = new Access(null, null, 0, "carillon", 0);

  @Test
  void aServerHasItsPortLoginAndDatabase() {
    assertThat(RedisUrl.parse("redis://cache"))
        .isEqualTo(new RedisUrl(Kind.SINGLE, List.of("cache:6379"), null, false, PLAIN));
    assertThat(RedisUrl.parse("rediss://me:p%40ss+1@cache:7000/3?prefix=blue&replicas=1"))
        .isEqualTo(
            new RedisUrl(
                Kind.SINGLE,
                List.of("cache:7000"),
                null,
                true,
                new Access("me", Secret.of("p@ss+1"), 3, "blue", 1)));
    assertThat(RedisUrl.parse("redis://:secret@[::1]:6379").access())
        .isEqualTo(new Access(null, Secret.of("secret"), 0, "carillon", 0));
  }

  @Test
  void aClusterHasSeveralNodes() {
    assertThat(RedisUrl.parse("rediss-cluster://a:7000,b"))
        .isEqualTo(new RedisUrl(Kind.CLUSTER, List.of("a:7000", "b:6379"), null, true, PLAIN));
  }

  @Test
  void sentinelsKnowTheMasterByItsName() {
    assertThat(RedisUrl.parse("redis-sentinel://a,b:7/main?db=2"))
        .isEqualTo(
            new RedisUrl(
                Kind.SENTINEL,
                List.of("a:26379", "b:7"),
                "main",
                false,
                new Access(null, null, 2, "carillon", 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "http://:hunter2@cache",
        "redis://",
        "redis://:hunter2@a,b",
        "redis://:hunter2@cache/x",
        "redis://:hunter2@cache?unknown=1",
        "redis://:hunter2@cache?prefix=a b",
        "redis://:hunter2@cache?prefix=",
        "redis://:hunter2@cache?replicas=99",
        "redis-sentinel://:hunter2@a",
        "redis-cluster://:hunter2@a,,b"
      })
  void whatIsWrongIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> RedisUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }
}
