package io.carillon.contract;

import io.carillon.core.account.Account;
import io.carillon.core.account.AccountId;
import io.carillon.core.account.Accounts;
import io.carillon.core.account.AuditLog;
import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.ConsoleSession;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.Identities;
import io.carillon.core.account.Invitation;
import io.carillon.core.account.InvitationId;
import io.carillon.core.account.MemberId;
import io.carillon.core.account.Membership;
import io.carillon.core.account.SessionId;
import io.carillon.core.account.Sessions;
import io.carillon.core.account.Source;
import io.carillon.core.account.Team;
import io.carillon.core.account.TeamMember;
import io.carillon.core.account.TeamRole;
import io.carillon.core.account.UnitOfWork;
import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The console's ports in memory, for tests; it passes the same contract as the real ones. Of the
 * directory it can make and delete tenants alone. Guarded by itself.
 */
public final class MemoryConsole implements Accounts, Sessions, Team, AuditLog, UnitOfWork {
  private final MemoryFactors factors = new MemoryFactors();
  private Kept kept = new Kept();

  /** All there is. Confined to the console. */
  private static final class Kept {
    private final Map<AccountId, Credentials> accounts = new HashMap<>();
    private final Map<SessionId, Listed> sessions = new HashMap<>();
    private final List<MailedLink> links = new ArrayList<>();
    private final Map<TenantId, String> tenants = new HashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Invited> invitations = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    Kept copy() {
      Kept copy = new Kept();
      copy.accounts.putAll(accounts);
      copy.sessions.putAll(sessions);
      copy.links.addAll(links);
      copy.tenants.putAll(tenants);
      copy.places.addAll(places);
      copy.invitations.addAll(invitations);
      copy.entries.addAll(entries);
      return copy;
    }
  }

  private record Place(
      MemberId id, TenantId tenant, AccountId account, TeamRole role, Instant since) {}

  private record Invited(Invitation invitation, String digest) {}

  /** Which account is whose elsewhere. */
  public Identities identities() {
    return factors;
  }

  /** All ports at this time. */
  public ConsolePorts ports(InstantSource clock) {
    return new ConsolePorts(
        this, this, factors, factors, factors, this, this, directory(), this, clock);
  }

  private DirectoryAdmin directory() {
    return (DirectoryAdmin)
        Proxy.newProxyInstance(
            DirectoryAdmin.class.getClassLoader(),
            new Class<?>[] {DirectoryAdmin.class},
            (proxy, method, arguments) -> {
              return switch (method.getName()) {
                case "createTenant" -> createTenant((String) arguments[0]);
                case "deleteTenant" -> deleteTenant((TenantId) arguments[0]);
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }

  private synchronized boolean deleteTenant(TenantId tenant) {
    kept.places.removeIf(place -> place.tenant().equals(tenant));
    kept.invitations.removeIf(it -> it.invitation().tenant().equals(tenant));
    return kept.tenants.remove(tenant) != null;
  }

  private synchronized TenantId createTenant(String name) {
    TenantId tenant = new TenantId(UUID.randomUUID());
    kept.tenants.put(tenant, name);
    return tenant;
  }

  @Override
  public synchronized <T> T atomically(Supplier<T> work) {
    Kept before = kept.copy();
    Runnable restore = factors.restorePoint();
    try {
      return work.get();
    } catch (RuntimeException e) {
      kept = before;
      restore.run();
      throw e;
    }
  }

  @Override
  public synchronized boolean create(Credentials credentials) {
    if (find(credentials.account().email()).isPresent()) {
      return false;
    }
    kept.accounts.put(credentials.account().id(), credentials);
    return true;
  }

  @Override
  public synchronized Optional<Credentials> find(EmailAddress email) {
    return kept.accounts.values().stream()
        .filter(it -> it.account().email().equals(email))
        .findFirst();
  }

  @Override
  public synchronized Optional<Credentials> find(AccountId id) {
    return Optional.ofNullable(kept.accounts.get(id));
  }

  @Override
  public synchronized void changePassword(AccountId id, Secret hash) {
    kept.accounts.computeIfPresent(id, (same, old) -> new Credentials(old.account(), hash));
  }

  @Override
  public synchronized void delete(AccountId id) {
    kept.accounts.remove(id);
    kept.links.removeIf(link -> link.account().equals(id));
    kept.places.removeIf(place -> place.account().equals(id));
    closeAll(id);
    factors.endAll(id);
    factors.remove(id);
    factors.unlink(id);
  }

  @Override
  public synchronized void markVerified(AccountId id) {
    kept.accounts.computeIfPresent(
        id,
        (same, old) ->
            new Credentials(
                new Account(id, old.account().email(), true, old.account().since()), old.hash()));
  }

  @Override
  public synchronized void keepLink(MailedLink link) {
    kept.links.removeIf(
        old -> old.account().equals(link.account()) && old.purpose() == link.purpose());
    kept.links.add(link);
  }

  @Override
  public synchronized Optional<AccountId> useLink(String digest, Purpose purpose, Instant now) {
    Optional<MailedLink> link =
        kept.links.stream()
            .filter(it -> it.digest().equals(digest) && it.purpose() == purpose)
            .findFirst();
    link.ifPresent(kept.links::remove);
    return link.filter(it -> it.expiresAt().isAfter(now)).map(MailedLink::account);
  }

  @Override
  public synchronized void open(ConsoleSession session, Instant now, Source from) {
    kept.sessions.values().removeIf(old -> !old.session().expiresAt().isAfter(now));
    kept.sessions.put(session.id(), new Listed(session, now, from));
  }

  @Override
  public synchronized Optional<ConsoleSession> find(SessionId id, Instant now) {
    return Optional.ofNullable(kept.sessions.get(id))
        .map(Listed::session)
        .filter(it -> it.expiresAt().isAfter(now));
  }

  @Override
  public synchronized List<Listed> list(AccountId account, Instant now) {
    return kept.sessions.values().stream()
        .filter(it -> it.session().account().equals(account))
        .filter(it -> it.session().expiresAt().isAfter(now))
        .sorted(Comparator.comparing(Listed::since).reversed())
        .toList();
  }

  @Override
  public synchronized void close(SessionId id) {
    kept.sessions.remove(id);
  }

  @Override
  public synchronized void closeAll(AccountId account) {
    kept.sessions.values().removeIf(it -> it.session().account().equals(account));
  }

  @Override
  public synchronized int closeOthers(AccountId account, SessionId id) {
    int before = kept.sessions.size();
    kept.sessions
        .values()
        .removeIf(it -> it.session().account().equals(account) && !it.session().id().equals(id));
    return before - kept.sessions.size();
  }

  @Override
  public synchronized List<Membership> memberships(AccountId account) {
    return kept.places.stream()
        .filter(place -> place.account().equals(account))
        .map(this::membership)
        .sorted(Comparator.comparing(Membership::tenantName))
        .toList();
  }

  private Membership membership(Place place) {
    return new Membership(
        place.tenant(), kept.tenants.getOrDefault(place.tenant(), ""), place.role());
  }

  @Override
  public synchronized Optional<Membership> membership(AccountId account, TenantId tenant) {
    return memberships(account).stream().filter(it -> it.tenant().equals(tenant)).findFirst();
  }

  @Override
  public synchronized boolean rename(TenantId tenant, String name) {
    return kept.tenants.computeIfPresent(tenant, (same, old) -> name) != null;
  }

  @Override
  public void lock(TenantId tenant) {
    // whoever is in a transaction has this object's monitor
  }

  @Override
  public synchronized List<TeamMember> members(TenantId tenant) {
    return kept.places.stream()
        .filter(place -> place.tenant().equals(tenant))
        .flatMap(place -> find(place.account()).map(it -> member(place, it)).stream())
        .sorted(Comparator.comparing(TeamMember::since))
        .toList();
  }

  private static TeamMember member(Place place, Credentials credentials) {
    return new TeamMember(
        place.id(), place.account(), credentials.account().email(), place.role(), place.since());
  }

  @Override
  public synchronized Optional<TeamMember> member(TenantId tenant, MemberId member) {
    return members(tenant).stream().filter(it -> it.id().equals(member)).findFirst();
  }

  @Override
  public synchronized boolean add(
      TenantId tenant, AccountId account, TeamRole role, Instant since) {
    if (membership(account, tenant).isPresent()) {
      return false;
    }
    return kept.places.add(new Place(MemberId.random(), tenant, account, role, since));
  }

  @Override
  public synchronized boolean changeRole(TenantId tenant, MemberId member, TeamRole role) {
    boolean exists = member(tenant, member).isPresent();
    if (exists) {
      kept.places.replaceAll(
          place ->
              place.id().equals(member)
                  ? new Place(member, tenant, place.account(), role, place.since())
                  : place);
    }
    return exists;
  }

  @Override
  public synchronized boolean remove(TenantId tenant, MemberId member) {
    return kept.places.removeIf(
        place -> place.tenant().equals(tenant) && place.id().equals(member));
  }

  @Override
  public synchronized List<Invitation> invitations(TenantId tenant, Instant now) {
    return kept.invitations.stream()
        .map(Invited::invitation)
        .filter(it -> it.tenant().equals(tenant) && it.expiresAt().isAfter(now))
        .toList();
  }

  @Override
  public synchronized void invite(Invitation invitation, String digest) {
    kept.invitations.removeIf(
        old ->
            old.invitation().tenant().equals(invitation.tenant())
                && old.invitation().email().equals(invitation.email()));
    kept.invitations.add(new Invited(invitation, digest));
  }

  @Override
  public synchronized boolean withdraw(TenantId tenant, InvitationId invitation) {
    return kept.invitations.removeIf(
        it -> it.invitation().tenant().equals(tenant) && it.invitation().id().equals(invitation));
  }

  @Override
  public synchronized Optional<Invitation> invitation(String digest, Instant now) {
    return kept.invitations.stream()
        .filter(it -> it.digest().equals(digest))
        .map(Invited::invitation)
        .filter(it -> it.expiresAt().isAfter(now))
        .findFirst();
  }

  @Override
  public synchronized void append(Entry entry) {
    kept.entries.add(entry);
  }

  @Override
  public synchronized List<Numbered> page(TenantId tenant, long before, int limit) {
    List<Numbered> page = new ArrayList<>();
    for (int i = kept.entries.size(); i > 0 && page.size() < limit; i--) {
      Entry entry = kept.entries.get(i - 1);
      if (i < before && entry.tenant().equals(tenant)) {
        page.add(new Numbered(i, entry));
      }
    }
    return page;
  }
}
