package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import io.carillon.core.model.AppSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A change of the directory is seen by the running server and by open connections. */
@WithCarillon
class DirectoryChangeTest {
  /** A second for the change, and a little for this machine. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void aRevokedKeyIsRefusedAndItsConnectionsAreClosed(Apps apps, TestApp app) {
    TestApp otherKey = apps.withAnotherKey(app);
    RawSocket socket = app.connect();
    RawSocket neighbour = otherKey.connect();

    apps.revokeKey(app);

    Deadline.await("401", SOON, () -> app.rest().get("/channels").status() == 401);
    assertThat(socket.awaitClose().code()).isEqualTo(4001);
    assertThat(app.open("protocol=7").awaitClose().code()).isEqualTo(4001);
    neighbour.assertAlive();
  }

  @Test
  void aDisabledAppIsRefusedAndItsConnectionsAreClosed(Apps apps, TestApp app) {
    RawSocket socket = app.connect();
    AppSettings disabled =
        new AppSettings(
            false, AppSettings.DEVELOPMENT.features(), AppSettings.DEVELOPMENT.limits());

    apps.change(app, disabled);

    Deadline.await("403", SOON, () -> app.rest().get("/channels").status() == 403);
    assertThat(socket.awaitClose().code()).isEqualTo(4003);
  }

  @Test
  void everyActiveKeyOfAnAppSignsForTheSameChannels(Apps apps, TestApp app) {
    TestApp otherKey = apps.withAnotherKey(app);
    RawSocket one = app.subscriber("private-room");
    RawSocket two = otherKey.subscriber("private-room");

    otherKey.rest().publish("private-room", "greeting", "x");

    one.await("greeting");
    two.await("greeting");
  }
}
