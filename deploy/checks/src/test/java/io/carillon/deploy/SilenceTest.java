package io.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.config.CarillonConfig.Heartbeat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A socket on which nobody says anything is asked and given up by the server, and by nothing on the
 * way: at 120 seconds proxies ended those of Pusher's protocol when they would have been asked.
 */
class SilenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "nginx/carillon.conf @ proxy_(?:read|send)_timeout (\\d+)s; @ 2",
        "haproxy/haproxy.cfg @ timeout tunnel (\\d+)s\\s @ 1",
        "helm/carillon/values.yaml @ proxy-(?:read|send)-timeout: \"(\\d+)\" @ 2"
      })
  void aProxyWaitsLongerThanTheServer(String file, String timeout, int times) throws IOException {
    Heartbeat heartbeat = KnownSettings.of(Map.of()).heartbeat();
    int pusher = heartbeat.activityTimeoutSeconds() + heartbeat.pongTimeoutSeconds();
    int longest = Math.max(pusher, 2 * heartbeat.intervalSeconds());

    List<Integer> seconds =
        Pattern.compile(timeout)
            .matcher(Files.readString(Path.of("..", file)))
            .results()
            .map(found -> Integer.parseInt(found.group(1)))
            .toList();

    assertThat(seconds).hasSize(times).allMatch(each -> each > longest);
  }
}
