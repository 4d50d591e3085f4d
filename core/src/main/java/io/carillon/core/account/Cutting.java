package io.carillon.core.account;

import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ConnectionId;
import java.util.Map;

/** Writes down that members ended connections of clients. Thread-safe. */
public final class Cutting {
  private final ConsolePorts ports;

  public Cutting(ConsolePorts ports) {
    this.ports = ports;
  }

  /** The connection was ended by the member. */
  public void ended(Acting by, AppId app, ConnectionId connection) {
    Change change = new Change(Map.of("connection", connection.socketId()), null);
    ports.journal().write(by, "connection.ended", "app " + app, change);
  }
}
