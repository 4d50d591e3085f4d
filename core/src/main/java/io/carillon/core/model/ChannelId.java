package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A channel together with its application. Nothing in Carillon takes a bare channel name, so a
 * message cannot reach the channel of the same name in another application. Immutable.
 */
public final class ChannelId implements Comparable<ChannelId> {
  private final AppId app;
  private final ChannelName name;
  private final int hash;

  private ChannelId(AppId app, ChannelName name) {
    this.app = app;
    this.name = name;
    this.hash = app.hashCode() * 31 + name.hashCode();
  }

  public static ChannelId of(AppId app, ChannelName name) {
    return new ChannelId(app, name);
  }

  public AppId app() {
    return app;
  }

  public ChannelName name() {
    return name;
  }

  public ChannelKind kind() {
    return name.kind();
  }

  @Override
  public int compareTo(ChannelId other) {
    int byApp = app.compareTo(other.app);
    return byApp != 0 ? byApp : name.compareTo(other.name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ChannelId that
            && hash == that.hash
            && name.equals(that.name)
            && app.equals(that.app));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return app + "/" + name;
  }
}
