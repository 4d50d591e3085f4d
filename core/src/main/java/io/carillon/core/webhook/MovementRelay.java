package io.carillon.core.webhook;

import io.carillon.core.engine.Movement;
import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Occupancy;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Member;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.MovementBook.Pages;
import io.carillon.core.webhook.MovementBook.Place;
import io.carillon.core.webhook.MovementBook.Presence;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Brings movements from the engine into the outbox. What the engine recorded is read in its order
 * and becomes part of the book in the transaction that adds the entries, so it counts once. From
 * time to time the book is compared with who is there, for what the engine may have lost: that of a
 * process that was killed with its memory, or of a Redis. Confined to one thread; blocks.
 */
final class MovementRelay {
  /** Movements of an application that are worked on at once. */
  static final int BATCH = 500;

  private static final int BATCHES_MAX = 20;

  /** Places that are compared in one go. */
  private static final int PAGE = 500;

  /** A comparison ends here; the next one is soon enough for the rest. */
  private static final int PAGES_MAX = 200;

  private static final long ENGINE_SECONDS_MAX = 5;

  private static final CompletionStage<Integer> NOBODY = CompletableFuture.completedFuture(0);

  /** Stands for movements where the book has to be opened in any case. */
  private static final CompletionStage<List<Movement>> SOMETHING =
      CompletableFuture.completedFuture(List.of());

  private final Sources sources;
  private final MovementBook book;
  private final WebhookDesk desk;
  private final Duration hold;
  private final Ticker ticker;

  /** Up to where each application's movements are in the book, as far as this node knows. */
  private final Map<AppId, Long> readTo = new HashMap<>();

  /** What the engine says of who is there. */
  record Sources(Movements movements, Occupancy occupancy, PresenceStore presence) {}

  MovementRelay(
      Sources sources, MovementBook book, WebhookDesk desk, Duration hold, Ticker ticker) {
    this.sources = sources;
    this.book = book;
    this.desk = desk;
    this.hold = hold;
    this.ticker = ticker;
  }

  /** Works off what was recorded, and what was held long enough. */
  void step() {
    List<AppId> followed = desk.interests().appsWithMovements();
    readTo.keySet().retainAll(followed);
    if (followed.isEmpty()) {
      return;
    }
    Set<AppId> due = new HashSet<>(book.due(ticker.epochMillis() - hold.toMillis()));
    Map<AppId, CompletionStage<List<Movement>>> first = new HashMap<>();
    for (AppId app : followed) {
      Long read = readTo.get(app);
      if (read == null || due.contains(app)) {
        first.put(app, SOMETHING);
      } else {
        first.put(app, sources.movements().read(app, read, 1));
      }
    }
    first.forEach(
        (app, movements) -> {
          if (movements == SOMETHING || !await(movements).isEmpty()) {
            workOff(app);
          }
        });
  }

  private void workOff(AppId app) {
    for (int i = 0; i < BATCHES_MAX && work(app, Comparison.NONE) == BATCH; i++) {
      // until what was recorded is worked off, or another application's turn has come
    }
  }

  /** Compares the book with who is there. */
  void compare() {
    desk.interests().appsWithMovements().forEach(app -> work(app, Comparison.WITH_ENGINE));
  }

  private enum Comparison {
    NONE,
    WITH_ENGINE
  }

  /** Answers how many movements were worked off. */
  private int work(AppId app, Comparison comparison) {
    long[] reached = {0};
    int[] count = {0};
    boolean done =
        book.work(
            app,
            pages -> {
              Worked worked = result(app, pages, comparison);
              reached[0] = worked.result().readTo();
              count[0] = worked.movements();
              return worked.result();
            });
    if (done) {
      readTo.put(app, reached[0]);
      await(sources.movements().forget(app, reached[0]));
    }
    return count[0];
  }

  private record Worked(MovementBook.Result result, int movements) {}

  private Worked result(AppId app, Pages pages, Comparison comparison) {
    // who is there is asked before the movements are read: what is known to have changed since is
    // among them then
    Differences differences =
        comparison == Comparison.WITH_ENGINE
            ? new Differences(missing(app, pages), unknown(app, pages))
            : Differences.NONE;
    List<Movement> movements = await(sources.movements().read(app, pages.readTo(), BATCH));
    Set<Place> moved = new HashSet<>(movements.stream().map(Place::of).toList());
    Set<Place> places = new HashSet<>(moved);
    places.addAll(differences.missing().keySet());
    List<Entry> entries = new ArrayList<>();
    Hold held =
        new Hold(
            hold, pages.of(places), (place, told) -> entries.addAll(entries(app, place, told)));
    held.apply(movements);
    if (movements.size() < BATCH) {
      catchUp(app, pages, held, differences.without(moved));
    }
    long reached = movements.isEmpty() ? pages.readTo() : movements.getLast().id();
    MovementBook.Result result =
        new MovementBook.Result(Math.max(1, reached), held.changed(), held.removed(), entries);
    return new Worked(result, movements.size());
  }

  /** What is to be done when no movement waits. */
  private void catchUp(AppId app, Pages pages, Hold held, Differences differences) {
    long now = ticker.epochMillis();
    // counted down from the last id of this moment, as the engine counts its own up
    long id = ((now + 1) << Movement.ID_BITS) - 1;
    if (pages.readTo() == 0) {
      // who was there before anybody asked is not told of, but that they leave is
      for (Place place : everyone(app)) {
        held.seed(place, id--);
      }
    } else {
      for (Place place : differences.unknown()) {
        held.found(place, id--, now);
      }
    }
    differences.missing().forEach((place, presence) -> held.missing(place, presence, now));
    held.release(pages.ended(now - hold.toMillis(), BATCH), now);
  }

  /**
   * Where the book and the engine differ.
   *
   * @param missing in the book and not with the engine
   * @param unknown with the engine and not in the book
   */
  private record Differences(Map<Place, Presence> missing, List<Place> unknown) {
    static final Differences NONE = new Differences(Map.of(), List.of());

    Differences without(Set<Place> moved) {
      Map<Place, Presence> still = new HashMap<>(missing);
      still.keySet().removeAll(moved);
      return new Differences(still, unknown.stream().filter(it -> !moved.contains(it)).toList());
    }
  }

  private List<Entry> entries(AppId app, Place place, Hold.Told told) {
    boolean ofChannel = place.userId().isEmpty();
    WebhookType type =
        ofChannel
            ? told.arrival() ? WebhookType.CHANNEL_OCCUPIED : WebhookType.CHANNEL_VACATED
            : told.arrival() ? WebhookType.MEMBER_ADDED : WebhookType.MEMBER_REMOVED;
    ChannelId channel = ChannelId.of(app, ChannelName.of(place.channel()));
    WebhookEvent event =
        new WebhookEvent(
            "evt_%x%s".formatted(told.since(), told.arrival() ? "in" : "out"),
            type,
            channel,
            told.atMillis(),
            ofChannel ? Detail.NONE : Detail.ofUser(place.userId()));
    return desk.interests().takers(type, channel).stream()
        .map(taker -> new Entry(taker.id(), event))
        .toList();
  }

  /** What is in the book and not with the engine. */
  private Map<Place, Presence> missing(AppId app, Pages pages) {
    Map<Place, Presence> missing = new HashMap<>();
    Place after = Place.FIRST;
    for (int page = 0; page < PAGES_MAX; page++) {
      List<Place> places = pages.present(after, PAGE);
      Map<Place, Presence> known = pages.of(places);
      Map<String, Set<String>> members = new HashMap<>();
      Map<String, CompletionStage<Integer>> counts = new HashMap<>();
      for (Place place : places) {
        ChannelId channel = ChannelId.of(app, ChannelName.of(place.channel()));
        if (place.userId().isEmpty()) {
          counts.put(place.channel(), sources.occupancy().subscriptions(channel));
        } else {
          members.computeIfAbsent(place.channel(), name -> users(channel));
        }
      }
      for (Place place : places) {
        boolean there =
            place.userId().isEmpty()
                ? await(counts.getOrDefault(place.channel(), NOBODY)) > 0
                : members.getOrDefault(place.channel(), Set.of()).contains(place.userId());
        Presence presence = known.get(place);
        if (!there && presence != null) {
          missing.put(place, presence);
        }
      }
      if (places.size() < PAGE) {
        break;
      }
      after = places.getLast();
    }
    return missing;
  }

  private Set<String> users(ChannelId channel) {
    Set<String> users = new HashSet<>();
    for (Member member : await(sources.presence().roster(channel)).members()) {
      users.add(member.userId());
    }
    return users;
  }

  private List<Place> unknown(AppId app, Pages pages) {
    List<Place> unknown = new ArrayList<>();
    List<Place> all = everyone(app);
    for (int from = 0; from < all.size(); from += PAGE) {
      List<Place> some = all.subList(from, Math.min(from + PAGE, all.size()));
      Set<Place> known = pages.of(some).keySet();
      some.stream().filter(place -> !known.contains(place)).forEach(unknown::add);
    }
    return unknown;
  }

  /**
   * Occupied channels and who is present on those that say so by their names. Others' members are
   * known from their movements alone.
   */
  private List<Place> everyone(AppId app) {
    List<Place> everyone = new ArrayList<>();
    String after = "";
    for (int page = 0; page < PAGES_MAX; page++) {
      List<ChannelId> channels = await(sources.occupancy().occupied(app, "", after, PAGE));
      for (ChannelId channel : channels) {
        everyone.add(new Place(channel.name().value(), ""));
        if (channel.kind().isPresence()) {
          users(channel).forEach(user -> everyone.add(new Place(channel.name().value(), user)));
        }
      }
      if (channels.size() < PAGE) {
        break;
      }
      after = channels.getLast().name().value();
    }
    return everyone;
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage
        .toCompletableFuture()
        .copy()
        .orTimeout(ENGINE_SECONDS_MAX, TimeUnit.SECONDS)
        .join();
  }
}
