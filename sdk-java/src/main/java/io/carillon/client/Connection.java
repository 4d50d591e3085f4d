package io.carillon.client;

import io.carillon.client.ConnectionState.Closed;
import io.carillon.client.ConnectionState.Connected;
import io.carillon.client.ConnectionState.Connecting;
import io.carillon.client.ConnectionState.Failed;
import io.carillon.client.ConnectionState.Idle;
import io.carillon.client.ConnectionState.Limits;
import io.carillon.client.ConnectionState.Waiting;
import io.carillon.client.internal.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to the server. Its one timer belongs to the present state. Confined to the
 * lane, but for {@link #state}, which any thread may read.
 */
final class Connection {
  /** Who a connection works for. Called on the lane. */
  interface Host {
    /** What is said right behind {@code hello}, in the same message. */
    List<String> opening();

    void welcomed();

    void received(Frame frame);

    /** The same connection goes on with other rights. */
    void renewed();

    /** Answers to what was asked will not come any more. */
    void lost(int code);

    void changed(ConnectionState state);

    CarillonException problem(Frame problem);

    /** Calls back with the answer, and gives the number for the request. */
    long expect(Consumer<Frame> answered);
  }

  /** Connecting, with its answer, may take this long. */
  private static final long CONNECT_MILLIS_MAX = 15_000;

  /** A connection that lived for this long is not part of a row of failures. */
  private static final long LASTING_MILLIS = 10_000;

  private static final int NO_CODE = 0;

  volatile ConnectionState state = new Idle();

  private final Host host;
  private final Lane lane;
  private final Credentials credentials;
  private final Link.Dialer dialer;
  private final Heartbeat heartbeat;
  private final List<String> out = new ArrayList<>();
  private @Nullable Link link;

  /** What late events are told by that they are of an earlier attempt. */
  private @Nullable Attempt current;

  private Lane.Timer timer = Lane.Timer.NONE;

  /** Frames can be sent: {@code hello} is out, though maybe not answered. */
  private boolean speaking;

  /** Clause 10.1; the server knows this client again by it. */
  private @Nullable String session;

  private int attempt;
  private long connectedSince;
  private @Nullable Frame advice;
  private @Nullable CarillonException error;

  Connection(Host host, Lane lane, Credentials credentials, Link.Dialer dialer) {
    this.host = host;
    this.lane = lane;
    this.credentials = credentials;
    this.dialer = dialer;
    this.heartbeat = new Heartbeat(this, lane);
  }

  boolean isSpeaking() {
    return speaking;
  }

  /** Connects unless it does or is already; from {@code waiting} at once. */
  void connect() {
    if (state instanceof Connecting || state instanceof Connected || state instanceof Closed) {
      return;
    }
    if (!(state instanceof Waiting)) {
      attempt = 0;
    }
    begin();
  }

  void close() {
    if (state instanceof Closed) {
      return;
    }
    Link open = link;
    if (speaking && open != null) {
      out.add(FrameText.of("bye").text());
      open.send(List.copyOf(out));
      open.close();
      link = null;
    }
    end(new Closed());
  }

  /** Together with what else is said in this turn. */
  void send(String frame) {
    heartbeat.sent();
    push(frame);
  }

  private void push(String frame) {
    out.add(frame);
    if (out.size() == 1) {
      lane.execute(this::flush);
    }
  }

  private void flush() {
    Link open = link;
    if (speaking && open != null && !out.isEmpty()) {
      open.send(List.copyOf(out));
    }
    out.clear();
  }

  private void begin() {
    timer.cancel();
    Attempt begun = new Attempt();
    current = begun;
    advice = null;
    error = null;
    become(new Connecting(attempt));
    timer = lane.schedule(CONNECT_MILLIS_MAX, this::tookTooLong);
    credentials
        .get()
        .whenComplete(
            (field, thrown) -> {
              if (begun != current) {
                return;
              }
              if (thrown == null) {
                begun.credentials = field;
                link = dialer.dial(begun);
              } else {
                CarillonException why = CarillonException.as(thrown, ClientError.TOKEN_UNAVAILABLE);
                drop(why, why.retry(), null, NO_CODE);
              }
            });
  }

  private void tookTooLong() {
    drop(CarillonException.of(ClientError.TIMEOUT, "connecting"), null, null, NO_CODE);
  }

  /** Clauses 1.2 and 2.3: all that is known goes in one message. */
  private void greet(Credentials.Field field) {
    long i =
        host.expect(
            reply -> {
              if (reply.type().equals("welcome")) {
                welcomed(reply);
              } else {
                error = host.problem(reply);
              }
            });
    speaking = true;
    out.clear();
    send(
        FrameText.of("hello")
            .with("i", i)
            .with(field.name, field.value)
            .withIf("session", session)
            .text());
    host.opening().forEach(this::send);
  }

  private void welcomed(Frame welcome) {
    connectedSince = lane.millis();
    session = welcome.text("session");
    Frame limits = welcome.object("limits");
    become(
        new Connected(
            welcome.text("conn", ""),
            Optional.ofNullable(welcome.text("you")),
            Optional.ofNullable(welcome.text("member")),
            limits == null
                ? new Limits(0, 0)
                : new Limits(limits.number("message", 0), limits.number("channels", 0))));
    timer.cancel();
    heartbeat.start(welcome.number("hb", Heartbeat.STANDARD_MILLIS));
    host.welcomed();
  }

  private void receive(Frame frame) {
    heartbeat.heard();
    switch (frame.type()) {
      case "ping" -> push(FrameText.of("pong").text()); // no answer follows
      case "go" -> advice = frame;
      case "reauth" -> renew(0);
      default -> {
        // what follows may be the end
        if (frame.type().equals("err") && !frame.has("i") && !frame.has("ch")) {
          error = host.problem(frame);
        }
        host.received(frame);
      }
    }
  }

  /** A new token for this connection; a failed one is asked for again until the connection ends. */
  private void renew(int failures) {
    Attempt renewed = current;
    credentials
        .renew()
        .whenComplete(
            (token, thrown) -> {
              if (renewed != current || !speaking) {
                return;
              }
              if (thrown == null) {
                authenticate(token);
              } else {
                Runnable again =
                    () -> {
                      if (renewed == current) {
                        renew(failures + 1);
                      }
                    };
                lane.schedule(Backoff.millis(failures + 1, lane.chance()), again);
              }
            });
  }

  /** Clause 2.6. */
  private void authenticate(String token) {
    long i =
        host.expect(
            reply -> {
              if (reply.type().equals("err")) {
                credentials.refuse(host.problem(reply));
              } else {
                host.renewed();
              }
            });
    send(FrameText.of("auth").with("i", i).with("token", token).text());
  }

  /** The server has not been heard for too long. */
  void silent() {
    CarillonException why =
        CarillonException.of(ClientError.CONNECTION_LOST, "the server fell silent");
    drop(why, null, null, NO_CODE);
  }

  /** Clauses 7.3 and 7.4: what the server advises, or what the close code says. */
  private void closed(int code, String reason) {
    Frame said = advice;
    CarillonException why = error;
    if (why == null) {
      String words = said == null ? reason : said.text("why", reason);
      why = CarillonException.of(ClientError.CONNECTION_LOST, (code + " " + words).trim());
    }
    drop(why, Backoff.retry(code, said), said, code);
  }

  private void drop(
      CarillonException reason, @Nullable Retry retry, @Nullable Frame said, int code) {
    if (retry == Retry.NO || (retry == Retry.TOKEN && !credentials.canRenew())) {
      end(new Failed(reason));
      return;
    }
    if (retry == Retry.TOKEN) {
      credentials.refuse(reason);
    }
    if (state instanceof Connected && lane.millis() - connectedSince > LASTING_MILLIS) {
      attempt = 0;
    }
    int failed = attempt++;
    long own = Backoff.millis(retry == Retry.LATER ? failed + 1 : failed, lane.chance());
    long delay = said == null ? own : Math.max(0, said.number("after", own));
    leave(code);
    become(new Waiting(failed, Instant.ofEpochMilli(lane.millis() + delay), reason));
    timer = lane.schedule(delay, this::begin);
  }

  private void end(ConnectionState last) {
    leave(NO_CODE);
    become(last);
  }

  private void leave(int code) {
    timer.cancel();
    heartbeat.stop();
    current = null;
    speaking = false;
    out.clear();
    Link open = link;
    link = null;
    if (open != null) {
      open.abort();
    }
    host.lost(code);
  }

  private void become(ConnectionState next) {
    state = next;
    host.changed(next);
  }

  /** One attempt to connect, and what came of it. Confined to the lane. */
  private final class Attempt implements Link.Listener {
    private Credentials.@Nullable Field credentials;

    @Override
    public void opened() {
      Credentials.Field field = credentials;
      if (this == current && field != null) {
        greet(field);
      }
    }

    @Override
    public void received(List<Frame> frames) {
      for (Frame frame : frames) {
        if (this == current) {
          receive(frame);
        }
      }
    }

    @Override
    public void closed(int code, String reason) {
      if (this == current) {
        Connection.this.closed(code, reason);
      }
    }
  }
}
