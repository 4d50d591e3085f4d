package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carillon.core.account.Account;
import io.carillon.core.account.AccountId;
import io.carillon.core.account.AccountLog;
import io.carillon.core.account.Accounts.Credentials;
import io.carillon.core.account.Accounts.MailedLink;
import io.carillon.core.account.Accounts.Purpose;
import io.carillon.core.account.AuditLog.Author;
import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.account.AuditLog.Entry;
import io.carillon.core.account.AuditLog.Numbered;
import io.carillon.core.account.Challenges;
import io.carillon.core.account.Challenges.Challenge;
import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.ConsoleSession;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.Identities;
import io.carillon.core.account.Invitation;
import io.carillon.core.account.InvitationId;
import io.carillon.core.account.MemberId;
import io.carillon.core.account.Membership;
import io.carillon.core.account.SecondFactors.Confirmation;
import io.carillon.core.account.SecondFactors.Factor;
import io.carillon.core.account.SessionId;
import io.carillon.core.account.Sessions.Listed;
import io.carillon.core.account.Source;
import io.carillon.core.account.TeamMember;
import io.carillon.core.account.TeamRole;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the console asks of whoever keeps its accounts, teams and audit log. */
public abstract class ConsoleStoresContract {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final Source FROM = new Source("192.0.2.1", "Mozilla/5.0 (ä)");
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  /** Beside the ports, as few use cases need it. */
  protected abstract Identities identities();

  /** The ports under test; the same for all cases of a class. */
  protected abstract ConsolePorts ports();

  /** A new account. */
  protected final Credentials account() {
    EmailAddress email = new EmailAddress(UUID.randomUUID() + "@example.com");
    Credentials credentials =
        new Credentials(
            new Account(AccountId.random(), email, false, NOW), Secret.of("hash of one"));
    assertThat(ports().accounts().create(credentials)).isTrue();
    return credentials;
  }

  private TenantId tenant() {
    return ports().directory().createTenant("Acme");
  }

  private static String digest() {
    return DIGEST.substring(0, 32) + UUID.randomUUID().toString().replace("-", "");
  }

  @Test
  void anAccountIsFoundByItsAddressAndItsId() {
    Credentials made = account();

    assertThat(ports().accounts().find(made.account().email())).contains(made);
    assertThat(ports().accounts().find(made.account().id())).contains(made);
    assertThat(ports().accounts().find(AccountId.random())).isEmpty();
    assertThat(ports().accounts().find(new EmailAddress("nobody@example.com"))).isEmpty();
  }

  @Test
  void anAddressHasOneAccount() {
    Credentials made = account();
    Account second = new Account(AccountId.random(), made.account().email(), false, NOW);

    assertThat(ports().accounts().create(new Credentials(second, made.hash()))).isFalse();
    assertThat(ports().accounts().find(made.account().email())).contains(made);
  }

  @Test
  void passwordAndVerificationChange() {
    AccountId id = account().account().id();

    ports().accounts().changePassword(id, Secret.of("hash of two"));
    ports().accounts().markVerified(id);

    assertThat(ports().accounts().find(id))
        .hasValueSatisfying(
            it -> {
              assertThat(it.hash()).isEqualTo(Secret.of("hash of two"));
              assertThat(it.account().verified()).isTrue();
            });
  }

  @Test
  void aLinkCountsOnceAndForItsPurpose() {
    AccountId id = account().account().id();
    String digest = digest();
    ports().accounts().keepLink(new MailedLink(digest, id, Purpose.RESET, LATER));

    assertThat(ports().accounts().useLink(digest, Purpose.VERIFY, NOW)).isEmpty();
    assertThat(ports().accounts().useLink(digest(), Purpose.RESET, NOW)).isEmpty();
    assertThat(ports().accounts().useLink(digest, Purpose.RESET, NOW)).contains(id);
    assertThat(ports().accounts().useLink(digest, Purpose.RESET, NOW)).isEmpty();
  }

  @Test
  void aLinkEndsByTimeAndByANewerOne() {
    AccountId id = account().account().id();
    String old = digest();
    String fresh = digest();
    ports().accounts().keepLink(new MailedLink(old, id, Purpose.RESET, LATER));
    ports().accounts().keepLink(new MailedLink(fresh, id, Purpose.RESET, LATER));

    assertThat(ports().accounts().useLink(old, Purpose.RESET, NOW)).isEmpty();
    assertThat(ports().accounts().useLink(fresh, Purpose.RESET, LATER)).isEmpty();
  }

  @Test
  void aSessionCountsUntilItIsOverOrClosed() {
    AccountId id = account().account().id();
    ConsoleSession first = new ConsoleSession(SessionId.random(), id, LATER);
    ConsoleSession second = new ConsoleSession(SessionId.random(), id, LATER);
    ports().sessions().open(first, NOW, FROM);
    ports().sessions().open(second, NOW.plusSeconds(1), FROM);

    assertThat(ports().sessions().find(first.id(), NOW)).contains(first);
    assertThat(ports().sessions().find(first.id(), LATER)).isEmpty();
    assertThat(ports().sessions().list(id, NOW))
        .containsExactly(
            new Listed(second, NOW.plusSeconds(1), FROM), new Listed(first, NOW, FROM));
    assertThat(ports().sessions().list(id, LATER)).isEmpty();
    assertThat(ports().sessions().find(SessionId.random(), NOW)).isEmpty();

    ports().sessions().close(first.id());
    assertThat(ports().sessions().find(first.id(), NOW)).isEmpty();
    assertThat(ports().sessions().find(second.id(), NOW)).contains(second);

    ports().sessions().closeAll(id);
    assertThat(ports().sessions().find(second.id(), NOW)).isEmpty();
  }

  @Test
  void allSessionsButOneAreClosed() {
    AccountId id = account().account().id();
    ConsoleSession kept = new ConsoleSession(SessionId.random(), id, LATER);
    ConsoleSession other = new ConsoleSession(SessionId.random(), id, LATER);
    ConsoleSession others = new ConsoleSession(SessionId.random(), account().account().id(), LATER);
    for (ConsoleSession session : List.of(kept, other, others)) {
      ports().sessions().open(session, NOW, FROM);
    }

    assertThat(ports().sessions().closeOthers(id, kept.id())).isEqualTo(1);
    assertThat(ports().sessions().closeOthers(id, kept.id())).isZero();
    assertThat(ports().sessions().find(kept.id(), NOW)).contains(kept);
    assertThat(ports().sessions().find(other.id(), NOW)).isEmpty();
    assertThat(ports().sessions().find(others.id(), NOW)).contains(others);
  }

  @Test
  void aSecondFactorCountsOnceItIsConfirmed() {
    AccountId id = account().account().id();
    Secret secret = Secret.of("JBSWY3DPEHPK3PXP");
    assertThat(ports().factors().find(id)).isEmpty();
    assertThat(ports().factors().begin(id, Secret.of("GEZDGNBVGY3TQOJQ"))).isTrue();
    assertThat(ports().factors().begin(id, secret)).isTrue();
    assertThat(ports().factors().find(id)).contains(new Factor(secret, null, 0));
    assertThat(ports().factors().use(id, 8)).isFalse();

    Confirmation confirmation = new Confirmation(NOW, 7, List.of(DIGEST, digest()));
    assertThat(ports().factors().confirm(id, confirmation)).isTrue();
    assertThat(ports().factors().confirm(id, confirmation)).isFalse();
    assertThat(ports().factors().begin(id, Secret.of("GEZDGNBVGY3TQOJQ"))).isFalse();
    assertThat(ports().factors().find(id)).contains(new Factor(secret, NOW, 2));

    ports().factors().remove(id);
    assertThat(ports().factors().find(id)).isEmpty();
    assertThat(ports().factors().useRecovery(id, DIGEST)).isFalse();
    assertThat(ports().factors().begin(id, secret)).isTrue();
  }

  @Test
  void aCodeCountsOnce() {
    AccountId id = account().account().id();
    AccountId other = account().account().id();
    String digest = digest();
    ports().factors().begin(id, Secret.of("JBSWY3DPEHPK3PXP"));
    ports().factors().confirm(id, new Confirmation(NOW, 7, List.of(digest)));

    assertThat(ports().factors().use(id, 7)).isFalse();
    assertThat(ports().factors().use(id, 8)).isTrue();
    assertThat(ports().factors().use(id, 8)).isFalse();
    assertThat(ports().factors().use(other, 9)).isFalse();
    assertThat(ports().factors().useRecovery(other, digest)).isFalse();
    assertThat(ports().factors().useRecovery(id, digest)).isTrue();
    assertThat(ports().factors().useRecovery(id, digest)).isFalse();
  }

  @Test
  void aChallengeEndsByTimeByTriesAndByHand() {
    AccountId id = account().account().id();
    String first = digest();
    String second = digest();
    ports().challenges().keep(new Challenge(first, id, LATER), NOW);
    ports().challenges().keep(new Challenge(second, id, LATER), NOW);

    assertThat(ports().challenges().attempt(digest(), NOW)).isEmpty();
    assertThat(ports().challenges().attempt(second, LATER)).isEmpty();
    for (int i = 0; i < Challenges.TRIES_MAX; i++) {
      assertThat(ports().challenges().attempt(first, NOW)).contains(id);
    }
    assertThat(ports().challenges().attempt(first, NOW)).isEmpty();

    assertThat(ports().challenges().end(second)).isTrue();
    assertThat(ports().challenges().end(second)).isFalse();
    String third = digest();
    ports().challenges().keep(new Challenge(third, id, LATER), NOW);
    ports().challenges().endAll(id);
    assertThat(ports().challenges().attempt(third, NOW)).isEmpty();
  }

  @Test
  void anIdentityIsOneAccounts() {
    AccountId anna = account().account().id();
    AccountId bert = account().account().id();
    String subject = UUID.randomUUID().toString();
    assertThat(identities().find("https://a.example", subject)).isEmpty();

    assertThat(identities().link("https://a.example", subject, anna, NOW)).isTrue();
    assertThat(identities().link("https://a.example", subject, anna, NOW)).isTrue();
    assertThat(identities().link("https://a.example", subject, bert, NOW)).isFalse();
    assertThat(identities().link("https://b.example", subject, bert, NOW)).isTrue();
    assertThat(identities().find("https://a.example", subject)).contains(anna);
    assertThat(identities().find("https://b.example", subject)).contains(bert);

    ports().accounts().delete(anna);
    assertThat(identities().find("https://a.example", subject)).isEmpty();
  }

  @Test
  void theLogOfAnAccountIsReadFromItsEnd() {
    AccountId id = account().account().id();
    for (String action : List.of("one", "two", "three")) {
      ports().accountLog().append(new AccountLog.Entry(id, NOW, action, FROM));
    }
    ports().accountLog().append(new AccountLog.Entry(AccountId.random(), NOW, "other", FROM));

    assertThat(ports().accountLog().newest(id, 2))
        .containsExactly(
            new AccountLog.Entry(id, NOW, "three", FROM),
            new AccountLog.Entry(id, NOW, "two", FROM));
  }

  @Test
  void anAddressIsKnownByASignInOnly() {
    AccountId id = account().account().id();
    Source six = new Source("2001:db8:0:1:0:0:0:7");
    AccountLog log = ports().accountLog();
    log.append(new AccountLog.Entry(id, NOW, AccountLog.SIGNED_IN, FROM));
    log.append(new AccountLog.Entry(id, NOW, AccountLog.SIGNED_IN, six));
    log.append(new AccountLog.Entry(id, NOW, "sign-in-failed", new Source("192.0.2.66")));

    assertThat(log.knows(id, "192.0.2.1", NOW.minusSeconds(1))).isTrue();
    assertThat(log.knows(id, "192.0.2.1", NOW)).isFalse();
    assertThat(log.knows(id, "192.0.2", NOW.minusSeconds(1))).isFalse();
    assertThat(log.knows(id, "192.0.2.66", NOW.minusSeconds(1))).isFalse();
    assertThat(log.knows(id, "2001:db8:0:1", NOW.minusSeconds(1))).isTrue();
    assertThat(log.knows(id, "2001:db8:0:2", NOW.minusSeconds(1))).isFalse();
    assertThat(log.knows(AccountId.random(), "192.0.2.1", NOW.minusSeconds(1))).isFalse();
  }

  @Test
  void aMemberIsOfOneTenant() {
    AccountId id = account().account().id();
    TenantId acme = tenant();
    TenantId other = tenant();
    assertThat(ports().team().add(acme, id, TeamRole.ADMIN, NOW)).isTrue();
    assertThat(ports().team().add(acme, id, TeamRole.OWNER, NOW)).isFalse();

    assertThat(ports().team().memberships(id))
        .containsExactly(new Membership(acme, "Acme", TeamRole.ADMIN));
    assertThat(ports().team().membership(id, acme))
        .contains(new Membership(acme, "Acme", TeamRole.ADMIN));
    assertThat(ports().team().membership(id, other)).isEmpty();

    MemberId member = ports().team().members(acme).getFirst().id();
    assertThat(ports().team().member(other, member)).isEmpty();
    assertThat(ports().team().changeRole(other, member, TeamRole.OWNER)).isFalse();
    assertThat(ports().team().remove(other, member)).isFalse();
    assertThat(ports().team().member(acme, member))
        .hasValueSatisfying(it -> assertThat(it.role()).isEqualTo(TeamRole.ADMIN));

    assertThat(ports().team().changeRole(acme, member, TeamRole.VIEWER)).isTrue();
    assertThat(ports().team().members(acme))
        .extracting(TeamMember::role)
        .containsExactly(TeamRole.VIEWER);
    assertThat(ports().team().remove(acme, member)).isTrue();
    assertThat(ports().team().members(acme)).isEmpty();
  }

  @Test
  void anAccountIsDeletedWithAllThatItHas() {
    Credentials credentials = account();
    AccountId id = credentials.account().id();
    TenantId acme = tenant();
    ConsoleSession session = new ConsoleSession(SessionId.random(), id, LATER);
    String link = digest();
    String challenge = digest();
    ports().sessions().open(session, NOW, FROM);
    ports().team().add(acme, id, TeamRole.ADMIN, NOW);
    ports().accounts().keepLink(new MailedLink(link, id, Purpose.RESET, LATER));
    ports().factors().begin(id, Secret.of("JBSWY3DPEHPK3PXP"));
    ports().challenges().keep(new Challenge(challenge, id, LATER), NOW);
    ports().accountLog().append(new AccountLog.Entry(id, NOW, "kept", FROM));

    ports().accounts().delete(id);

    assertThat(ports().accounts().find(id)).isEmpty();
    assertThat(ports().sessions().find(session.id(), NOW)).isEmpty();
    assertThat(ports().team().members(acme)).isEmpty();
    assertThat(ports().accounts().useLink(link, Purpose.RESET, NOW)).isEmpty();
    assertThat(ports().factors().find(id)).isEmpty();
    assertThat(ports().challenges().attempt(challenge, NOW)).isEmpty();
    assertThat(ports().accountLog().newest(id, 9)).hasSize(1);
    assertThat(ports().accounts().create(credentials)).isTrue();
  }

  @Test
  void aTenantIsDeletedWithItsMembers() {
    AccountId id = account().account().id();
    TenantId acme = tenant();
    TenantId other = tenant();
    ports().team().add(acme, id, TeamRole.OWNER, NOW);
    ports().team().add(other, id, TeamRole.OWNER, NOW);

    assertThat(ports().directory().deleteTenant(acme)).isTrue();
    assertThat(ports().directory().deleteTenant(acme)).isFalse();
    assertThat(ports().team().memberships(id))
        .extracting(Membership::tenant)
        .containsExactly(other);
  }

  @Test
  void aTenantIsRenamed() {
    AccountId id = account().account().id();
    TenantId acme = tenant();
    ports().team().add(acme, id, TeamRole.OWNER, NOW);

    assertThat(ports().team().rename(acme, "Acme Ltd")).isTrue();
    assertThat(ports().team().rename(new TenantId(UUID.randomUUID()), "None")).isFalse();
    assertThat(ports().team().memberships(id))
        .extracting(Membership::tenantName)
        .containsExactly("Acme Ltd");
  }

  @Test
  void anInvitationIsFoundByItsTokenAndByItsTenant() {
    TenantId acme = tenant();
    TenantId other = tenant();
    Instant until = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MICROS);
    EmailAddress email = new EmailAddress("anna@example.com");
    Invitation first = new Invitation(InvitationId.random(), acme, email, TeamRole.VIEWER, until);
    Invitation second = new Invitation(InvitationId.random(), acme, email, TeamRole.ADMIN, until);
    String digest = digest();
    ports().team().invite(first, digest());
    ports().team().invite(second, digest);

    assertThat(ports().team().invitations(acme, NOW)).containsExactly(second);
    assertThat(ports().team().invitations(other, NOW)).isEmpty();
    assertThat(ports().team().invitation(digest, NOW)).contains(second);
    assertThat(ports().team().invitation(digest, until)).isEmpty();
    assertThat(ports().team().withdraw(other, second.id())).isFalse();
    assertThat(ports().team().withdraw(acme, second.id())).isTrue();
    assertThat(ports().team().invitation(digest, NOW)).isEmpty();
  }

  @Test
  void theLogIsReadBackwardsByPages() {
    TenantId acme = tenant();
    Author author =
        new Author(AccountId.random(), new EmailAddress("anna@example.com"), "203.0.113.7");
    Change change = new Change(Map.of("name", "a"), Map.of("name", "ä"));
    for (String action : List.of("one", "two", "three")) {
      ports().audit().append(new Entry(acme, NOW, author, action, "app 1", change));
    }
    ports().audit().append(new Entry(tenant(), NOW, author, "others", "app 2", Change.NONE));

    List<Numbered> page = ports().audit().page(acme, Long.MAX_VALUE, 2);
    assertThat(page).extracting(it -> it.entry().action()).containsExactly("three", "two");
    assertThat(page.getFirst().entry())
        .isEqualTo(new Entry(acme, NOW, author, "three", "app 1", change));
    assertThat(ports().audit().page(acme, page.getLast().number(), 2))
        .extracting(it -> it.entry().action())
        .containsExactly("one");
  }

  @Test
  void whatThrowsChangesNothing() {
    Credentials credentials = account();
    AccountId id = credentials.account().id();

    assertThat(
            catchThrowable(
                () ->
                    ports()
                        .work()
                        .atomically(
                            () -> {
                              ports().accounts().markVerified(id);
                              TenantId made = ports().directory().createTenant("Gone");
                              ports().team().add(made, id, TeamRole.OWNER, NOW);
                              throw new IllegalStateException("on purpose");
                            })))
        .isInstanceOf(IllegalStateException.class);

    assertThat(ports().accounts().find(id)).contains(credentials);
    assertThat(ports().team().memberships(id)).isEmpty();
  }
}
