package io.carillon.core.engine;

import io.carillon.core.model.Edit;
import io.carillon.core.model.Edit.Applied;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a message has become by its operations, which are given in the order of their positions.
 * Clients fold what they see live by the same rules, so that both come to the same. Confined to its
 * caller.
 *
 * <ul>
 *   <li>An append adds its bytes, when its payload has the form of what is there; else it came
 *       beside an update that changed the form, and does nothing. Extras that it has replace those
 *       that are there.
 *   <li>An update puts its name, payload and extras in the place of those that are there.
 *   <li>A deletion takes everything away but the name; what follows it does nothing.
 * </ul>
 */
public final class Fold {
  private static final Payload NOTHING = Payload.text("");

  private final Publication base;
  private String event;
  private Payload.Form form;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Payload extras;
  private @Nullable Position last;
  private boolean deleted;

  /**
   * @param base a message, perhaps one to which operations were applied before
   */
  public Fold(Publication base) {
    Message message = base.message();
    this.base = base;
    this.event = message.event();
    this.form = message.payload().form();
    this.extras = message.extras();
    bytes.writeBytes(message.payload().bytes());
    if (message.meta().edit() instanceof Applied(var position, var gone)) {
      last = position;
      deleted = gone;
    }
  }

  /** Applies one that is newer than all before; others, and those on other messages, do nothing. */
  public void apply(Publication publication) {
    Operation operation = publication.message().operation();
    if (operation != null
        && base.position().equals(operation.target())
        && !deleted
        && publication.position().isAfter(last == null ? base.position() : last)) {
      apply(operation.kind(), publication.message());
      last = publication.position();
    }
  }

  private void apply(Edit.Kind kind, Message operation) {
    switch (kind) {
      case APPEND -> {
        if (operation.payload().form() == form) {
          bytes.writeBytes(operation.payload().bytes());
          extras = operation.extras() == null ? extras : operation.extras();
        }
      }
      case UPDATE -> {
        event = operation.event();
        put(operation.payload());
        extras = operation.extras();
      }
      case DELETE -> {
        put(NOTHING);
        extras = null;
        deleted = true;
      }
    }
  }

  private void put(Payload payload) {
    bytes.reset();
    bytes.writeBytes(payload.bytes());
    form = payload.form();
  }

  /** The message as it is now: the base itself when nothing was applied. */
  public Publication result() {
    Position position = last;
    if (position == null) {
      return base;
    }
    Message message = base.message();
    return new Publication(
        base.channel(),
        base.position(),
        new Message(
            message.id(),
            event,
            Payload.of(form, bytes.toByteArray()),
            message.origin(),
            new Meta(extras, new Applied(position, deleted))),
        base.timestampMillis());
  }
}
