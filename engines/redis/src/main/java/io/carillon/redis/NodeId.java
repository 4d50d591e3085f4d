package io.carillon.redis;

import io.carillon.core.model.AppId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * By what this node is known, and the applications of which it holds something. A node that was
 * taken for dead goes on under another name, because the others take back what it held under the
 * former one. Thread-safe.
 */
final class NodeId {
  private static final int BYTES = 8;

  private final Set<AppId> unused = ConcurrentHashMap.newKeySet();
  private final Set<AppId> used = ConcurrentHashMap.newKeySet();
  private volatile String id = random();
  private volatile Consumer<AppId> firstUse = app -> {};

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String id() {
    return id;
  }

  /** Under another name, of which nobody knows anything. */
  void renew() {
    id = random();
    unused.addAll(used);
  }

  /** Is told of each application before anything of it is held, and must not block. */
  void onFirstUse(Consumer<AppId> told) {
    this.firstUse = told;
  }

  /** Something is about to be held of the application. */
  void use(AppId app) {
    if (used.add(app)) {
      unused.add(app);
      firstUse.accept(app);
    }
  }

  /** The applications that Redis has not been told of. */
  Set<AppId> unused() {
    return unused;
  }
}
