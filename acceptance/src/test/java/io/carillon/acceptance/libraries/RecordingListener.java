package io.carillon.acceptance.libraries;

import com.pusher.client.channel.PresenceChannelEventListener;
import com.pusher.client.channel.PrivateEncryptedChannelEventListener;
import com.pusher.client.channel.PusherEvent;
import com.pusher.client.channel.User;
import com.pusher.client.connection.ConnectionEventListener;
import com.pusher.client.connection.ConnectionStateChange;
import io.carillon.acceptance.harness.Deadline;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notes, as one line each, all that the client tells its application. Thread-safe. */
final class RecordingListener
    implements PresenceChannelEventListener,
        PrivateEncryptedChannelEventListener,
        ConnectionEventListener {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Waits until this was noted. */
  void await(String line) {
    try {
      Deadline.await(line, () -> lines.contains(line));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; noted: " + lines, e);
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  long count(String line) {
    return lines.stream().filter(line::equals).count();
  }

  @Override
  public void onEvent(PusherEvent event) {
    String userId = event.getUserId();
    lines.add(
        "event "
            + event.getEventName()
            + " "
            + event.getData()
            + (userId == null ? "" : " from " + userId));
  }

  @Override
  public void onSubscriptionSucceeded(String channel) {
    lines.add("subscribed " + channel);
  }

  @Override
  public void onAuthenticationFailure(String message, Exception cause) {
    lines.add("refused " + message);
  }

  @Override
  public void onUsersInformationReceived(String channel, Set<User> users) {
    lines.add("members " + users.stream().map(User::getId).sorted().collect(Collectors.toList()));
  }

  @Override
  public void userSubscribed(String channel, User user) {
    lines.add("joined " + user.getId() + " " + user.getInfo());
  }

  @Override
  public void userUnsubscribed(String channel, User user) {
    lines.add("left " + user.getId());
  }

  @Override
  public void onDecryptionFailure(String event, String reason) {
    lines.add("not decrypted " + event);
  }

  @Override
  public void onConnectionStateChange(ConnectionStateChange change) {
    lines.add("state " + change.getCurrentState());
  }

  @Override
  public void onError(String message, @Nullable String code, @Nullable Exception cause) {
    lines.add("error " + code);
  }

  @Override
  public void onError(String message, Exception cause) {
    lines.add("error " + message);
  }
}
