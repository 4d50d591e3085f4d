package io.carillon.core.limit;

import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.limit.Gate.Counted;
import io.carillon.core.limit.Gate.Traits;
import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of one application and of its keys, as its limits are. Thread-safe; a change of the
 * limits makes a new one, which goes on with the purses that stay as they are.
 */
final class AppGates {
  static final String MESSAGES = "messages";

  private final Limits limits;
  private final Purses purses;
  private final List<Gate> ofApp;
  private final Gates withoutKey;
  private final boolean keysCounted;
  private final ConcurrentHashMap<KeyId, Gates> byKey = new ConcurrentHashMap<>();

  /**
   * Those of an application.
   *
   * @param purses what this node has of all budgets
   * @param most how many messages any application may publish in a second, by configuration
   * @param shared of more than one application
   */
  AppGates(App app, Purses purses, long most, List<Gate> shared) {
    this.limits = app.settings().limits();
    this.purses = purses;
    this.keysCounted =
        limits.of(Limit.KEY_MESSAGES_PER_SECOND) != Limit.UNLIMITED
            || limits.of(Limit.KEY_BYTES_PER_SECOND) != Limit.UNLIMITED;
    String id = app.id().value();
    this.ofApp = new ArrayList<>();
    long messages = Limit.lower(limits.of(Limit.MESSAGES_PER_SECOND), most);
    add(
        ofApp,
        messages,
        new Traits(MESSAGES, Counted.MESSAGES, (int) messages, "the application"),
        id);
    long bytes = limits.of(Limit.BYTES_PER_SECOND);
    add(ofApp, bytes, new Traits("bytes", Counted.BYTES, (int) bytes, "the application"), id);
    ofApp.addAll(shared);
    this.withoutKey = new Gates(ofApp);
  }

  boolean fits(Limits now) {
    return limits.sameValues(now);
  }

  /** Those that a message with this key passes. */
  Gates of(App now, @Nullable KeyId key) {
    if (key == null || !keysCounted) {
      return withoutKey;
    }
    Gates known = byKey.get(key);
    if (known != null) {
      return known;
    }
    // one that the application does not have would be remembered for ever
    return now.key(key) == null ? withoutKey : byKey.computeIfAbsent(key, this::ofKey);
  }

  /** The key's own first: what it refuses shall not take from the others. */
  private Gates ofKey(KeyId key) {
    List<Gate> gates = new ArrayList<>();
    long messages = limits.of(Limit.KEY_MESSAGES_PER_SECOND);
    Traits ofMessages = new Traits("key-messages", Counted.MESSAGES, (int) messages, "the key");
    add(gates, messages, ofMessages, key.value());
    long bytes = limits.of(Limit.KEY_BYTES_PER_SECOND);
    add(gates, bytes, new Traits("key-bytes", Counted.BYTES, (int) bytes, "the key"), key.value());
    gates.addAll(ofApp);
    return new Gates(gates);
  }

  private void add(List<Gate> gates, long perSecond, Traits traits, String whose) {
    if (perSecond != Limit.UNLIMITED) {
      gates.add(new Gate(purses.of(new Budget(traits.name(), whose, traits.perSecond())), traits));
    }
  }
}
