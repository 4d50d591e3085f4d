package io.carillon.contract;

import static io.carillon.contract.Cases.APP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.SignalBus;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Signal;
import io.carillon.core.model.Signal.Sender;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every signal bus has to do. */
public abstract class SignalBusContract {
  private static final ChannelId CHANNEL = channel("room");

  private final Recorder<Signal> told = new Recorder<>();
  private EngineFixture fixture;
  private SignalBus signals;

  protected SignalBusContract() {}

  /** An empty engine. */
  protected abstract EngineFixture openEngine();

  @BeforeEach
  void join() {
    fixture = openEngine();
    fixture.ports().log().listen(publication -> {});
    signals = fixture.ports().signals();
    signals.listen(told::add);
    answer(fixture.ports().log().join(CHANNEL));
  }

  @AfterEach
  void closeEngine() {
    fixture.close();
  }

  @Test
  void theSendingNodeIsToldOfEveryPart() {
    Sender anna = new Sender(new ConnectionId(7), "key-7", "anna");
    Signal text = new Signal(CHANNEL, "typing", Payload.text("\u00e9\u0000"), "k", anna);
    Sender nobody = new Sender(new ConnectionId(Long.MAX_VALUE), "key", null);
    Signal bytes = new Signal(CHANNEL, "b", Payload.binary(new byte[] {0, -1}), null, nobody);
    Signal json = new Signal(CHANNEL, "j", Payload.json(new byte[] {'{', '}'}), null, nobody);

    List.of(text, bytes, json).forEach(signals::send);

    assertThat(told.await(all -> all.size() == 3)).containsExactly(text, bytes, json);
  }

  @Test
  void signalsOfOneConnectionKeepTheirOrder() {
    List<Signal> sent =
        IntStream.range(0, 500).mapToObj(n -> signal(CHANNEL, String.valueOf(n))).toList();

    sent.forEach(signals::send);

    assertThat(told.await(all -> all.size() == sent.size())).isEqualTo(sent);
  }

  @Test
  void channelsOfOneNameInTwoAppsAreApart() {
    signals.send(signal(ChannelId.of(Cases.OTHER_APP, CHANNEL.name()), "foreign"));
    signals.send(signal(CHANNEL, "own"));

    List<Signal> all =
        told.await(some -> some.stream().anyMatch(it -> it.channel().app().equals(APP)));

    assertThat(all)
        .filteredOn(it -> it.channel().equals(CHANNEL))
        .containsExactly(signal(CHANNEL, "own"));
  }

  private static Signal signal(ChannelId channel, String text) {
    Sender sender = new Sender(new ConnectionId(1), "key-1", null);
    return new Signal(channel, "e", Payload.text(text), null, sender);
  }
}
