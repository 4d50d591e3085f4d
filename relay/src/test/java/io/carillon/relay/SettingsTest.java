package io.carillon.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class SettingsTest {
  private static Settings of(String database) {
    return Settings.of(
        Map.of(
            "DATABASE_URL", database,
            "CARILLON_URL", "http://localhost:8080",
            "CARILLON_KEY", "key",
            "CARILLON_SECRET", "hidden"));
  }

  @Test
  void aDatabaseIsNamedAsElsewhereOrForJdbc() {
    PGSimpleDataSource one =
        of("postgres://me:p%40ss:word@db.example:5433/shop?sslmode=require").dataSource();

    assertThat(one.getServerNames()).containsExactly("db.example");
    assertThat(one.getPortNumbers()).containsExactly(5433);
    assertThat(one.getDatabaseName()).isEqualTo("shop");
    assertThat(one.getUser()).isEqualTo("me");
    assertThat(one.getPassword()).isEqualTo("p@ss:word");
    assertThat(one.getSslMode()).isEqualTo("require");
    assertThat(of("jdbc:postgresql://db.example/shop?user=me").dataSource().getUser())
        .isEqualTo("me");
  }

  @Test
  void whatIsMissingIsSaidAndNothingIsGivenAway() {
    Map<String, String> environment = new HashMap<>();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(environment))
        .withMessageStartingWith("DATABASE_URL: not set (expected: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("postgres:///").dataSource())
        .withMessageNotContaining("hidden");
    assertThat(of("postgres://me:secret@db/shop").toString()).doesNotContain("secret", "hidden");
  }
}
