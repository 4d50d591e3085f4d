package io.carillon.edge.carrier.poll;

import io.carillon.core.error.Problem;
import io.carillon.core.hub.SharedFrame;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.ChannelName;
import io.carillon.core.runtime.Lane;
import io.carillon.core.session.Catchup.Verdict;
import io.carillon.core.session.Outlet;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.Session;
import io.carillon.core.session.SubscribeOutcome.Subscribed;
import io.carillon.edge.carrier.JoinedFrame;
import io.carillon.edge.carrier.follow.Track;
import io.carillon.edge.format.JsonBytes;
import io.carillon.edge.protocol.Dialect;
import io.carillon.edge.protocol.Follower;
import io.carillon.edge.protocol.carillon.Wishes;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request that waits: subscribed from where its cursor says until there is something to answer,
 * or its time is over. What does not fit the answer is not counted either, and comes with the next.
 * Confined to its lane.
 */
final class Poll implements Outlet, Dialect.Voice, Follower {
  private final Lane lane;
  private final Dialect dialect;
  private final int bytesMax;
  private final Consumer<byte[]> answer;
  private final Track track;
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
  private @Nullable Session session;
  private Lane.@Nullable Timer deadline;

  /** Channels whose subscription has not been answered. */
  private int unanswered;

  /** Whether there is something that the client must know at once. */
  private boolean news;

  private boolean opening = true;
  private boolean inTurn;
  private boolean done;

  /**
   * A poll that has no session yet.
   *
   * @param bytesMax how much an answer holds; the frames of one channel and turn may go beyond it
   * @param answer takes the body, once
   */
  Poll(Lane lane, Dialect dialect, Wishes.Valid wishes, int bytesMax, Consumer<byte[]> answer) {
    this.lane = lane;
    this.dialect = dialect;
    this.bytesMax = bytesMax;
    this.answer = answer;
    this.track = new Track(wishes.all());
    this.unanswered = wishes.all().size();
  }

  /** The session asks for its channels now. */
  void opened(Session opened, Lane.Timer timer) {
    session = opened;
    deadline = timer;
  }

  /** All channels have been asked for. */
  void asked() {
    opening = false;
    inTurn = false;
    answerIfDue();
  }

  /** The time is over. */
  void expired() {
    lane.assertCurrent();
    finish();
  }

  /** The client has gone. */
  void cancelled() {
    lane.assertCurrent();
    done = true;
    endSession(NodeCounters.CUT);
  }

  @Override
  public Follower follower() {
    return this;
  }

  @Override
  public boolean subscribed(Subscribed outcome) {
    unanswered--;
    if (isFull()) {
      finish();
    }
    if (done) {
      return false;
    }
    inTurn = true; // until all of the answer is said
    track.subscribed(outcome);
    boolean goesOn = outcome.catchup().verdict() == Verdict.RECOVERED;
    news |= !goesOn || !outcome.catchup().runs().isEmpty();
    return !goesOn;
  }

  @Override
  public void refused(ChannelName channel, Problem problem) {
    unanswered--;
    track.refused(channel, problem);
    news = true;
  }

  @Override
  public void left(ChannelName channel) {
    track.left(channel);
  }

  @Override
  public boolean offer(SharedFrame frame, int from, int to) {
    if (isFull()) {
      finish();
    }
    if (done) {
      return false;
    }
    JoinedFrame joined = (JoinedFrame) frame;
    int end = track.take(joined, from, to);
    if (end > from) {
      append(joined.parts(from, end));
    }
    news |= end < to; // a hole: the next poll fills it
    boolean first = !inTurn;
    inTurn = true;
    return first;
  }

  private void append(ByteBuf parts) {
    news |= parts.isReadable(); // not every delivery is told in this protocol
    byte[] bytes = new byte[parts.readableBytes()];
    parts.readBytes(bytes).release();
    frames.writeBytes(bytes);
  }

  @Override
  public void endTurn() {
    inTurn = false;
    answerIfDue();
  }

  @Override
  public void send(ServerEvent event) {
    dialect.encode(event).forEach(this::say);
  }

  @Override
  public void say(byte[] message) {
    if (!done) {
      frames.writeBytes(message);
      frames.write(',');
    }
  }

  @Override
  public void tick(long nowNanos) {
    // the deadline has a timer of its own
  }

  @Override
  public void close(Problem problem) {
    dialect.farewell(problem).forEach(this::say);
    endSession(problem.code().number());
    finish();
  }

  private boolean isFull() {
    return frames.size() >= bytesMax;
  }

  private void answerIfDue() {
    if (news && unanswered <= 0 && !opening && !inTurn) {
      finish();
    }
  }

  private void finish() {
    if (done) {
      return;
    }
    done = true;
    endSession(NodeCounters.NORMAL);
    byte[] elements = frames.toByteArray();
    answer.accept(
        new JsonBytes(elements.length + 256)
            .raw("{\"cursor\":\"")
            .raw(track.cursor())
            .raw("\",\"frames\":[")
            .raw(Arrays.copyOf(elements, Math.max(0, elements.length - 1)))
            .raw("]}")
            .toBytes());
  }

  private void endSession(int closeCode) {
    if (deadline != null) {
      deadline.cancel();
    }
    Session current = session;
    if (current != null) {
      session = null;
      current.ended(closeCode);
    }
  }
}
