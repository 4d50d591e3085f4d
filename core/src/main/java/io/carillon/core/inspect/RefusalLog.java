package io.carillon.core.inspect;

import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.model.AppId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each application was refused last, on this node, in memory: a bounded ring for each of a
 * bounded number of applications. Nothing comes here that was accepted. Guarded by itself; the
 * applications that were refused something longest ago are forgotten first.
 */
public final class RefusalLog {
  /** How many refusals of one application are kept. */
  public static final int REFUSALS_MAX = 200;

  private static final int APPS_MAX = 1_000;

  private final Map<AppId, ArrayDeque<RefusalFacts>> all =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AppId, ArrayDeque<RefusalFacts>> eldest) {
          return size() > APPS_MAX;
        }
      };

  public synchronized void add(AppId app, RefusalFacts refusal) {
    ArrayDeque<RefusalFacts> ring = all.computeIfAbsent(app, id -> new ArrayDeque<>());
    if (ring.size() >= REFUSALS_MAX) {
      ring.removeLast();
    }
    ring.addFirst(refusal);
  }

  /** The newest first. */
  public synchronized List<RefusalFacts> newest(AppId app, int limit) {
    ArrayDeque<RefusalFacts> ring = all.get(app);
    return ring == null ? List.of() : ring.stream().limit(limit).toList();
  }
}
