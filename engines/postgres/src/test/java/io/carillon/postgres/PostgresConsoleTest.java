package io.carillon.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.contract.ConsoleStoresContract;
import io.carillon.core.account.AccessToken;
import io.carillon.core.account.AccessTokenId;
import io.carillon.core.account.AccessTokens;
import io.carillon.core.account.Account;
import io.carillon.core.account.AccountId;
import io.carillon.core.account.AccountLog;
import io.carillon.core.account.Accounts;
import io.carillon.core.account.AppListings;
import io.carillon.core.account.AppListings.AppListing;
import io.carillon.core.account.AppListings.KeyListing;
import io.carillon.core.account.AppListings.KeySighting;
import io.carillon.core.account.AppListings.KeyUse;
import io.carillon.core.account.AppListings.Succession;
import io.carillon.core.account.AuditLog;
import io.carillon.core.account.Challenges;
import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.Identities;
import io.carillon.core.account.SecondFactors;
import io.carillon.core.account.Sessions;
import io.carillon.core.account.Source;
import io.carillon.core.account.Team;
import io.carillon.core.account.TeamRole;
import io.carillon.core.account.UnitOfWork;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what the tables do beside it. */
class PostgresConsoleTest extends ConsoleStoresContract {
  private static final Instant THEN = Instant.parse("2026-11-21T12:00:00Z");

  private static TestPostgres database;
  private static EngineUnderTest engine;

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.database();
    engine = EngineUnderTest.on(database);
  }

  @AfterAll
  static void stop() throws SQLException {
    engine.close();
    database.close();
  }

  @Override
  protected ConsolePorts ports() {
    return new ConsolePorts(
        engine.bean(Accounts.class),
        engine.bean(Sessions.class),
        engine.bean(Challenges.class),
        engine.bean(SecondFactors.class),
        engine.bean(AccountLog.class),
        engine.bean(Team.class),
        engine.bean(AuditLog.class),
        engine.admin,
        engine.bean(UnitOfWork.class),
        InstantSource.system());
  }

  @Override
  protected Identities identities() {
    return engine.bean(Identities.class);
  }

  @Test
  void anAccessTokenIsFoundByItsDigestUntilItEndsOrIsRemoved() {
    AccessTokens tokens = engine.bean(AccessTokens.class);
    TenantId tenant = engine.admin.createTenant("Acme");
    Account owner = account().account();
    AccessToken token =
        new AccessToken(
            AccessTokenId.random(),
            owner.id(),
            "ci",
            new AccessToken.Reach(tenant, TeamRole.DEVELOPER),
            THEN,
            THEN.plusSeconds(60),
            null);
    String digest = "d".repeat(32) + token.id().toString().replace("-", "");

    tokens.keep(token, digest);

    assertThat(tokens.find(digest, THEN)).contains(token);
    assertThat(tokens.find(digest, token.expiresAt())).isEmpty();
    assertThat(tokens.find("e".repeat(64), THEN)).isEmpty();
    tokens.used(token.id(), THEN.plusSeconds(5));
    tokens.used(token.id(), THEN.plusSeconds(3));
    assertThat(tokens.of(owner.id()))
        .extracting(AccessToken::usedAt)
        .containsExactly(THEN.plusSeconds(5));
    assertThat(tokens.remove(account().account().id(), token.id())).isFalse();
    assertThat(tokens.remove(owner.id(), token.id())).isTrue();
    assertThat(tokens.find(digest, THEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_log set action = 'x'",
        "delete from audit_log",
        "truncate audit_log",
        "update account_log set action = 'x'",
        "delete from account_log"
      })
  void theAuditLogIsOnlyAppendedTo(String sql) throws SQLException {
    TenantId tenant = engine.admin.createTenant("Acme");
    AuditLog.Author author =
        new AuditLog.Author(AccountId.random(), new EmailAddress("a@example.com"), "::1");
    ports()
        .audit()
        .append(new AuditLog.Entry(tenant, THEN, author, "kept", "app 1", AuditLog.Change.NONE));
    ports()
        .accountLog()
        .append(new AccountLog.Entry(author.account(), THEN, "signed-in", new Source("::1")));

    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("only ever appended to");
    }
    assertThat(ports().audit().page(tenant, Long.MAX_VALUE, 10)).hasSize(1);
  }

  /** With what {@code docs/console.md} tells whoever runs the server. */
  @Test
  void theOperatorRemovesASecondFactor() throws Exception {
    Account anna = account().account();
    ports().factors().begin(anna.id(), Secret.of("JBSWY3DPEHPK3PXP"));
    String page = Files.readString(Path.of("..", "..", "docs", "console.md"));
    String statement = page.split("```sql\n", 2)[1].split("```", 2)[0];

    try (Connection connection = database.connect();
        Statement removal = connection.createStatement()) {
      assertThat(
              removal.executeUpdate(statement.replace("anna@example.com", anna.email().toString())))
          .isOne();
    }
    assertThat(ports().factors().find(anna.id())).isEmpty();
  }

  @Test
  void aSecondFactorIsSealedForItsAccount() throws SQLException {
    AccountId anna = account().account().id();
    AccountId bert = account().account().id();
    ports().factors().begin(anna, Secret.of("JBSWY3DPEHPK3PXP"));
    ports().factors().begin(bert, Secret.of("GEZDGNBVGY3TQOJQ"));

    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("select sealed_secret from second_factors")) {
        while (rows.next()) {
          assertThat(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1))
              .doesNotContain("JBSWY3DPEHPK3PXP");
        }
      }
      statement.execute(
          "update second_factors set sealed_secret = (select sealed_secret from second_factors"
              + " where account_id = '%s') where account_id = '%s'".formatted(anna, bert));
    }

    assertThat(ports().factors().find(anna)).isPresent();
    assertThatThrownBy(() -> ports().factors().find(bert))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not open");
  }

  @Test
  void applicationsAreListedAndRenamedByTheirTenant() {
    AppListings listings = engine.bean(AppListings.class);
    TenantId acme = engine.admin.createTenant("Acme");
    TenantId other = engine.admin.createTenant("Other");
    AppId app = engine.admin.createApp(acme, "Chat");

    assertThat(listings.rename(other, app, "Stolen")).isFalse();
    assertThat(listings.rename(acme, app, "Chat 2")).isTrue();
    assertThat(listings.apps(acme)).extracting(AppListing::name).containsExactly("Chat 2");
    assertThat(listings.apps(other)).isEmpty();
  }

  @Test
  void aKeyHasASuccessorAndItsLatestUse() {
    AppListings listings = engine.bean(AppListings.class);
    TenantId acme = engine.admin.createTenant("Acme");
    AppId app = engine.admin.createApp(acme, "Chat");
    KeyId old = engine.admin.createKey(acme, app, "backend").map(ApiKey::id).orElseThrow();
    KeyId fresh = engine.admin.createKey(acme, app, "backend").map(ApiKey::id).orElseThrow();
    Instant closesAt = THEN.plusSeconds(60);

    listings.succeed(acme, app, new Succession(old, fresh, closesAt));
    listings.used(
        List.of(seen(fresh, THEN, "carillon-java 1"), seen(new KeyId("unknown"), THEN, "")));
    listings.used(List.of(seen(fresh, THEN.minusSeconds(9), "")));

    assertThat(listings.keys(acme, app))
        .filteredOn(key -> key.id().equals(fresh))
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.replaces()).isEqualTo(old);
              assertThat(key.lastUse()).isEqualTo(new KeyUse(THEN, "carillon-java 1"));
            });
    assertThat(listings.keys(acme, app))
        .filteredOn(key -> key.id().equals(old))
        .extracting(KeyListing::closesAt)
        .containsExactly(closesAt);
    assertThat(listings.keys(engine.admin.createTenant("Other"), app)).isEmpty();
  }

  private static KeySighting seen(KeyId key, Instant at, String library) {
    return new KeySighting(key, "rest", library, "192.0.2.0/24", at);
  }

  @Test
  void theLatestProgramsOfAKeyAreKept() {
    AppListings listings = engine.bean(AppListings.class);
    TenantId acme = engine.admin.createTenant("Acme");
    AppId app = engine.admin.createApp(acme, "Chat");
    KeyId key = engine.admin.createKey(acme, app, "backend").map(ApiKey::id).orElseThrow();
    for (int i = 0; i < 40; i++) {
      listings.used(List.of(seen(key, THEN.plusSeconds(i), "library " + i)));
    }
    listings.used(List.of(seen(key, THEN.plusSeconds(50), "library 20")));

    assertThat(listings.programs(acme, app, key))
        .hasSize(30)
        .startsWith(seen(key, THEN.plusSeconds(50), "library 20"))
        .endsWith(seen(key, THEN.plusSeconds(10), "library 10"));
    assertThat(listings.programs(engine.admin.createTenant("Other"), app, key)).isEmpty();
  }

  @Test
  void aKeyThatNothingUsesAnyMoreIsRemoved() {
    AppListings listings = engine.bean(AppListings.class);
    TenantId acme = engine.admin.createTenant("Acme");
    AppId app = engine.admin.createApp(acme, "Chat");
    KeyId used = engine.admin.createKey(acme, app, "backend").map(ApiKey::id).orElseThrow();
    KeyId fresh = engine.admin.createKey(acme, app, "backend").map(ApiKey::id).orElseThrow();
    Instant later = Instant.now().plusSeconds(1_000);
    Duration second = Duration.ofSeconds(1);
    listings.succeed(acme, app, new Succession(used, fresh, later, second));
    assertThat(listings.closesUnused(acme, app, used)).contains(second);
    assertThat(listings.closesUnused(acme, app, fresh)).isEmpty();
    listings.used(List.of(seen(used, later, "still here")));

    engine.bean(DirectoryTables.class).closeKeys();
    assertThat(listings.keys(acme, app)).extracting(KeyListing::id).contains(used);

    KeyId unused = engine.admin.createKey(acme, app, "backend").map(ApiKey::id).orElseThrow();
    listings.succeed(acme, app, new Succession(unused, fresh, later, second));
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (listings.keys(acme, app).stream().anyMatch(key -> key.id().equals(unused))) {
      assertThat(System.nanoTime()).isLessThan(end);
      engine.bean(DirectoryTables.class).closeKeys();
    }
    assertThat(listings.keys(acme, app)).extracting(KeyListing::id).contains(used, fresh);
  }

  @Test
  void aKeyWhoseTimeIsOverIsRemoved() {
    AppListings listings = engine.bean(AppListings.class);
    TenantId acme = engine.admin.createTenant("Acme");
    AppId app = engine.admin.createApp(acme, "Chat");
    KeyId old = engine.admin.createKey(acme, app, "backend").map(ApiKey::id).orElseThrow();
    KeyId fresh = engine.admin.createKey(acme, app, "backend").map(ApiKey::id).orElseThrow();
    listings.succeed(acme, app, new Succession(old, fresh, Instant.EPOCH));

    engine.bean(DirectoryTables.class).closeKeys();

    assertThat(listings.keys(acme, app)).extracting(KeyListing::id).containsExactly(fresh);
  }
}
