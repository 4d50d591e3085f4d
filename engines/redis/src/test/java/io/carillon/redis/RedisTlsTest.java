package io.carillon.redis;

import static io.carillon.redis.Cases.answer;
import static io.carillon.redis.Cases.append;
import static io.carillon.redis.Cases.await;
import static io.carillon.redis.Cases.channel;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.model.ChannelId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis that speaks TLS, whose certificate this process has to be able to trust. */
class RedisTlsTest {
  private static final ChannelId CHANNEL = channel("news");
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Certificates certificates;

  @BeforeEach
  void makeAuthority() throws Exception {
    certificates = new Certificates(folder);
  }

  @AfterEach
  void closeAll() throws Exception {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST_PASSWORD);
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
  }

  @Test
  void aTrustedServerIsSpokenTo() throws Exception {
    trustTheAuthority();
    RedisEngine engine = RedisEngine.start(server("ip:127.0.0.1"), 0);
    open.add(engine);
    List<Long> told = new CopyOnWriteArrayList<>();
    engine.ports().log().listen(publication -> told.add(publication.position().offset()));
    answer(engine.ports().log().join(CHANNEL));

    append(engine.ports().log(), CHANNEL, "one");
    append(engine.ports().log(), CHANNEL, "two");

    await("messages", () -> told.equals(List.of(1L, 2L)));
  }

  @Test
  void aServerOfAnUnknownAuthorityIsRefused() throws Exception {
    RedisAddress address = server("ip:127.0.0.1");

    assertThatThrownBy(() -> RedisEngine.check(address))
        .isInstanceOf(JedisException.class)
        .hasRootCauseMessage("unable to find valid certification path to requested target");
  }

  @Test
  void aServerThatIsCertifiedForAnotherNameIsRefused() throws Exception {
    trustTheAuthority();
    RedisAddress address = server("dns:redis.example");

    assertThatThrownBy(() -> RedisEngine.check(address))
        .isInstanceOf(JedisException.class)
        .hasCauseInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining("127.0.0.1");
  }

  @Test
  void aServerThatSpeaksPlainlyIsRefused() {
    RedisProcess plain = RedisProcess.start();
    open.add(plain);

    assertThatThrownBy(() -> RedisEngine.check(encrypted(plain.port())))
        .isInstanceOf(JedisException.class);
  }

  private void trustTheAuthority() {
    System.setProperty(TRUST, certificates.trustStore().toString());
    System.setProperty(TRUST_PASSWORD, certificates.password());
  }

  private RedisAddress server(String certifiedFor) throws Exception {
    int port = RedisProcess.freePort();
    List<String> options = new ArrayList<>(List.of("--tls-port", String.valueOf(port)));
    options.addAll(certificates.serverOptions(certifiedFor));
    open.add(RedisProcess.start(options.toArray(String[]::new)));
    return encrypted(port);
  }

  private static RedisAddress encrypted(int port) {
    return new RedisAddress(
        RedisAddress.Kind.SINGLE,
        List.of(new HostAndPort("127.0.0.1", port)),
        null,
        new RedisAddress.Login(null, null, 0, true),
        "t",
        0);
  }
}
