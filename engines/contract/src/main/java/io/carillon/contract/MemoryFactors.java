package io.carillon.contract;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.AccountLog;
import io.carillon.core.account.Challenges;
import io.carillon.core.account.Identities;
import io.carillon.core.account.SecondFactors;
import io.carillon.core.model.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Second factors and what becomes of accounts, in memory, for tests. Guarded by itself. */
final class MemoryFactors implements SecondFactors, Challenges, AccountLog, Identities {
  private final Map<AccountId, Kept> factors = new HashMap<>();
  private final Map<String, Tried> challenges = new HashMap<>();
  private final Map<String, AccountId> identities = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private record Kept(
      Secret secret, @Nullable Instant confirmedAt, long lastStep, Set<String> recovery) {}

  private record Tried(Challenge challenge, int tries) {}

  /** Takes everything back to now. */
  synchronized Runnable restorePoint() {
    Map<AccountId, Kept> factorsNow = Map.copyOf(factors);
    Map<String, Tried> challengesNow = Map.copyOf(challenges);
    Map<String, AccountId> identitiesNow = Map.copyOf(identities);
    int entriesNow = entries.size();
    return () -> {
      factors.clear();
      factors.putAll(factorsNow);
      challenges.clear();
      challenges.putAll(challengesNow);
      identities.clear();
      identities.putAll(identitiesNow);
      entries.subList(entriesNow, entries.size()).clear();
    };
  }

  @Override
  public synchronized Optional<Factor> find(AccountId account) {
    return Optional.ofNullable(factors.get(account))
        .map(it -> new Factor(it.secret(), it.confirmedAt(), it.recovery().size()));
  }

  @Override
  public synchronized boolean begin(AccountId account, Secret secret) {
    if (find(account).filter(Factor::confirmed).isPresent()) {
      return false;
    }
    factors.put(account, new Kept(secret, null, -1, Set.of()));
    return true;
  }

  @Override
  public synchronized boolean confirm(AccountId account, Confirmation confirmation) {
    Kept old = factors.get(account);
    if (old == null || old.confirmedAt() != null) {
      return false;
    }
    Set<String> recovery = Set.copyOf(confirmation.recovery());
    factors.put(account, new Kept(old.secret(), confirmation.at(), confirmation.step(), recovery));
    return true;
  }

  @Override
  public synchronized boolean use(AccountId account, long step) {
    Kept old = factors.get(account);
    if (old == null || old.confirmedAt() == null || old.lastStep() >= step) {
      return false;
    }
    factors.put(account, new Kept(old.secret(), old.confirmedAt(), step, old.recovery()));
    return true;
  }

  @Override
  public synchronized boolean useRecovery(AccountId account, String digest) {
    Kept old = factors.get(account);
    if (old == null || !old.recovery().contains(digest)) {
      return false;
    }
    Set<String> left = new HashSet<>(old.recovery());
    left.remove(digest);
    factors.put(account, new Kept(old.secret(), old.confirmedAt(), old.lastStep(), left));
    return true;
  }

  @Override
  public synchronized void remove(AccountId account) {
    factors.remove(account);
  }

  @Override
  public synchronized void keep(Challenge challenge, Instant now) {
    challenges.values().removeIf(old -> !old.challenge().expiresAt().isAfter(now));
    challenges.put(challenge.digest(), new Tried(challenge, 0));
  }

  @Override
  public synchronized Optional<AccountId> attempt(String digest, Instant now) {
    Tried old = challenges.get(digest);
    if (old == null || old.tries() >= TRIES_MAX || !old.challenge().expiresAt().isAfter(now)) {
      return Optional.empty();
    }
    challenges.put(digest, new Tried(old.challenge(), old.tries() + 1));
    return Optional.of(old.challenge().account());
  }

  @Override
  public synchronized boolean end(String digest) {
    return challenges.remove(digest) != null;
  }

  @Override
  public synchronized void endAll(AccountId account) {
    challenges.values().removeIf(it -> it.challenge().account().equals(account));
  }

  @Override
  public synchronized Optional<AccountId> find(String issuer, String subject) {
    return Optional.ofNullable(identities.get(issuer + " " + subject));
  }

  @Override
  public synchronized boolean link(
      String issuer, String subject, AccountId account, Instant since) {
    identities.putIfAbsent(issuer + " " + subject, account);
    return find(issuer, subject).filter(account::equals).isPresent();
  }

  synchronized void unlink(AccountId account) {
    identities.values().removeIf(account::equals);
  }

  @Override
  public synchronized void append(Entry entry) {
    entries.add(entry);
  }

  @Override
  public synchronized boolean knows(AccountId account, String network, Instant since) {
    return entries.stream()
        .filter(entry -> entry.account().equals(account) && entry.action().equals(SIGNED_IN))
        .filter(entry -> entry.at().isAfter(since))
        .map(entry -> entry.from().address())
        .anyMatch(address -> address.equals(network) || address.startsWith(network + ":"));
  }

  @Override
  public synchronized List<Entry> newest(AccountId account, int limit) {
    return entries.reversed().stream()
        .filter(entry -> entry.account().equals(account))
        .limit(limit)
        .toList();
  }
}
