package io.carillon.redis;

import io.carillon.core.engine.ControlBus.Order;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.model.AppId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Orders as bytes, with who gave them. Stateless. */
final class OrderCodec {
  private static final int VERSION = 1;
  private static final int SENDER = 1;
  private static final int APP = 2;
  private static final int TERMINATE_USER = 3;
  private static final int REVOKE_BY = 4;
  private static final int VALUE = 5;
  private static final int ISSUED_BEFORE = 6;
  private static final int OVERHEAD_BYTES = 100;

  private OrderCodec() {}

  /**
   * An order and its sender.
   *
   * @param order null when it is one that only newer nodes know
   */
  record Sent(String sender, @Nullable Order order) {}

  static byte[] encode(String sender, Order order) {
    ByteWriter out = new ByteWriter(VERSION, OVERHEAD_BYTES).text(SENDER, sender);
    switch (order) {
      case Order.TerminateUser(var app, var userId) ->
          out.text(APP, app.value()).text(TERMINATE_USER, userId);
      case RevokeTokens(var app, var by, var value, var issuedBefore) ->
          out.text(APP, app.value())
              .text(REVOKE_BY, by.name())
              .text(VALUE, value)
              .number(ISSUED_BEFORE, issuedBefore);
    }
    return out.done();
  }

  static Sent decode(ByteBuffer bytes) {
    ByteReader in = new ByteReader(bytes, VERSION);
    String sender = "";
    AppId app = null;
    String user = null;
    String by = null;
    String value = "";
    long issuedBefore = 0;
    while (in.hasMore()) {
      switch (in.tag()) {
        case SENDER -> sender = in.text();
        case APP -> app = new AppId(in.text());
        case TERMINATE_USER -> user = in.text();
        case REVOKE_BY -> by = in.text();
        case VALUE -> value = in.text();
        case ISSUED_BEFORE -> issuedBefore = in.number();
        default -> in.bytes();
      }
    }
    if (app != null && user != null) {
      return new Sent(sender, new Order.TerminateUser(app, user));
    }
    if (app != null && by != null) {
      return new Sent(sender, new RevokeTokens(app, By.valueOf(by), value, issuedBefore));
    }
    return new Sent(sender, null);
  }
}
