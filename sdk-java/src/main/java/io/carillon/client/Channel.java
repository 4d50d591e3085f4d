package io.carillon.client;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel. It is joined with its first listener or reader, and left some time after the last one
 * was closed. Thread-safe; what blocks says so, and may be called from listeners.
 *
 * <p>Listeners are called one after the other, in the order of the messages, on the client's
 * executor. One that is slow makes its channel wait and no other: when the client's buffer for it
 * is full, messages stay at the server until there is room, and none is lost unless the server's
 * log ends in the meantime, which is told as a {@link Gap}.
 *
 * @param <T> the data of its messages
 */
@SuppressWarnings("exports") // an annotation that users may lack
public final class Channel<T> {
  private final ChannelCore channel;
  private final DataForm<T> form;

  Channel(ChannelCore channel, DataForm<T> form) {
    this.channel = channel;
    this.form = form;
  }

  /** The channel's name. */
  public String name() {
    return channel.name();
  }

  /** What the channel does at this moment. */
  public ChannelState state() {
    return channel.state();
  }

  /**
   * Of the newest message that all listeners are done with, or where the channel was joined; save
   * it, and {@linkplain ChannelOptions#since go on} from it after a restart. Empty until the
   * channel was joined. In a listener, and with streams and flows, save {@link Message#position}
   * when done.
   */
  public Optional<Position> position() {
    return Optional.ofNullable(channel.processed());
  }

  /** Calls back with each message of this name. Joins the channel. */
  public Subscription on(String name, Consumer<? super Message<T>> listener) {
    return listen(requireNonNull(name, "name"), listener);
  }

  /** Calls back with each message, whatever its name. Joins the channel. */
  public Subscription onMessage(Consumer<? super Message<T>> listener) {
    return listen(null, listener);
  }

  private Subscription listen(@Nullable String name, Consumer<? super Message<T>> listener) {
    requireNonNull(listener, "listener");
    Named<Message<Object>> entry =
        new Named<>(name, message -> listener.accept(message.with(form.read(message.data()))));
    channel.messages.add(entry);
    channel.use(entry);
    return new Hold(
        ready(),
        () -> {
          channel.messages.remove(entry);
          channel.release(entry);
        });
  }

  /** Calls back when messages are missing for good. Does not join the channel. */
  public Subscription onGap(Consumer<? super Gap> listener) {
    return added(channel.gaps, listener::accept);
  }

  /**
   * Calls back when the channel's state changes. Does not join the channel, and does not wait for
   * its other listeners.
   */
  public Subscription onState(Consumer<? super ChannelState> listener) {
    return added(channel.states, listener::accept);
  }

  static <E> Subscription added(List<Consumer<E>> listeners, Consumer<E> listener) {
    listeners.add(listener);
    return new Hold(CompletableFuture.completedFuture(null), () -> listeners.remove(listener));
  }

  /** Joins until {@link #detach}, with or without listeners; completed when messages flow. */
  public CompletableFuture<Void> attach() {
    channel.hold();
    return ready();
  }

  /** Leaves at once, also under its listeners, and forgets the position. Never waits. */
  public void detach() {
    channel.leave();
  }

  private CompletableFuture<Void> ready() {
    return channel.core().handOut(channel.joined().thenApply(start -> null));
  }

  /** Messages of this name, to iterate over from now on. Joins the channel; close it. */
  public MessageStream<T> open(String name) {
    return new MessageStream<>(channel, requireNonNull(name, "name"), form).begin();
  }

  /** All messages, to iterate over from now on. Joins the channel; close it. */
  public MessageStream<T> open() {
    return new MessageStream<>(channel, null, form).begin();
  }

  /**
   * Messages of this name, for any number of subscribers; each joins the channel, and gets what
   * comes from then on, as much as it asks for.
   */
  public Flow.Publisher<Message<T>> flow(String name) {
    return new MessageFlow<>(channel, requireNonNull(name, "name"), form);
  }

  /** All messages; otherwise as {@link #flow(String)}. */
  public Flow.Publisher<Message<T>> flow() {
    return new MessageFlow<>(channel, null, form);
  }

  /**
   * Publishes a message and waits until it was taken; cheap on virtual threads.
   *
   * @param name what to call it, 1 to 200 characters
   * @param data see {@link DataForm}
   * @throws CarillonException when it was not taken, or it is not known in time whether it was;
   *     then a retry with the same id is safe
   * @throws IllegalArgumentException when the data cannot be written
   */
  public PublishResult publish(String name, @Nullable T data) {
    return publish(name, data, options -> {});
  }

  /** As {@link #publish(String, Object)}, with an id or a timeout of the caller's. */
  public PublishResult publish(
      String name, @Nullable T data, Consumer<? super PublishOptions> options) {
    return channel.core().requests().await(publishing(name, data, options));
  }

  /**
   * Publishes a message. While there is no connection it waits for one; what was not acknowledged
   * is sent again, with its id, so that it is taken once. The future is completed exactly once,
   * within the timeout; cancelling it gives up.
   *
   * @throws IllegalArgumentException when the data cannot be written
   */
  public CompletableFuture<PublishResult> publishAsync(String name, @Nullable T data) {
    return publishAsync(name, data, options -> {});
  }

  /** As {@link #publishAsync(String, Object)}, with an id or a timeout of the caller's. */
  public CompletableFuture<PublishResult> publishAsync(
      String name, @Nullable T data, Consumer<? super PublishOptions> options) {
    CompletableFuture<PublishResult> inner = publishing(name, data, options);
    CompletableFuture<PublishResult> outer = channel.core().handOut(inner);
    outer.whenComplete(
        (result, thrown) -> {
          if (outer.isCancelled()) {
            channel.core().requests().abandon(inner);
          }
        });
    return outer;
  }

  /**
   * Adds to the data of a message that was published before, a text to a text or bytes to bytes.
   * Completed when it is in the log; subscribers get it as a message with a {@link Message#change}.
   *
   * @param id of the message to change
   * @throws IllegalArgumentException when the data cannot be written
   */
  public CompletableFuture<PublishResult> append(String id, @Nullable T data) {
    return change(new Message.Change("append", id), form.write(data));
  }

  /** Replaces the data of a message that was published before; otherwise as {@link #append}. */
  public CompletableFuture<PublishResult> update(String id, @Nullable T data) {
    return change(new Message.Change("update", id), form.write(data));
  }

  /** Takes a message back that was published before; otherwise as {@link #append}. */
  public CompletableFuture<PublishResult> delete(String id) {
    return change(new Message.Change("delete", id), null);
  }

  private CompletableFuture<PublishResult> change(Message.Change change, @Nullable Object data) {
    return channel.core().handOut(new Publisher(channel.core()).change(name(), change, data));
  }

  /**
   * The past, from the newest message or where the options say; waits for the first page.
   *
   * @throws CarillonException when it cannot be read
   */
  public HistoryPage<T> history(Consumer<? super HistoryOptions> options) {
    return channel.core().requests().await(new History<>(channel, form, options).first());
  }

  /** As {@link #history}, without waiting. */
  public CompletableFuture<HistoryPage<T>> historyAsync(Consumer<? super HistoryOptions> options) {
    return channel.core().handOut(new History<>(channel, form, options).first());
  }

  /** Who is present on this channel. */
  public Presence presence() {
    return new Presence(channel);
  }

  /**
   * Sends something that is true for a moment: kept nowhere, not acknowledged, and told to whoever
   * is there at present. Of signals with one name that follow fast the newest is sent. Never waits;
   * without a connection it does nothing.
   *
   * @param name 1 to 200 characters
   * @param data see {@link DataForm}; plain values
   * @throws IllegalArgumentException when the data cannot be written
   */
  public void signal(String name, @Nullable Object data) {
    signal(name, data, null);
  }

  /**
   * As {@link #signal(String, Object)}, for one of several things of a name.
   *
   * @param key says which, 1 to 128 characters
   */
  public void signal(String name, @Nullable Object data, @Nullable String key) {
    channel.signals().send(requireNonNull(name, "name"), data, key);
  }

  /** Calls back with each signal of this name. Joins the channel. */
  public Subscription onSignal(String name, Consumer<? super Signal> listener) {
    Named<Signal> entry = new Named<>(requireNonNull(name, "name"), listener::accept);
    channel.signals().listeners.add(entry);
    channel.use(entry);
    return new Hold(
        ready(),
        () -> {
          channel.signals().listeners.remove(entry);
          channel.release(entry);
        });
  }

  private CompletableFuture<PublishResult> publishing(
      String name, @Nullable T data, Consumer<? super PublishOptions> options) {
    PublishOptions chosen = new PublishOptions(channel.core().settings().publishMillis);
    options.accept(chosen);
    return new Publisher(channel.core()).publish(channel.name(), name, form.write(data), chosen);
  }
}
