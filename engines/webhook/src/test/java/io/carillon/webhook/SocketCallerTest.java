package io.carillon.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.config.Cidr;
import io.carillon.core.model.Payload;
import io.carillon.core.webhook.AddressGuard;
import io.carillon.core.webhook.WebhookAttempt.Result;
import io.carillon.core.webhook.WebhookRequest;
import io.carillon.core.webhook.WebhookRequest.Header;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real sockets of this machine, with names that a case resolves as it likes. */
class SocketCallerTest {
  private static final AddressGuard LOOPBACK =
      new AddressGuard(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128")));
  private static final AddressGuard PUBLIC = new AddressGuard(List.of());
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";

  private static SocketCaller caller(AddressGuard guard, Resolver resolver) {
    return new SocketCaller(guard, resolver, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private static InetAddress[] here(String host) {
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  private static WebhookRequest request(URI url) {
    return new WebhookRequest(
        url,
        List.of(new Header("Content-Type", "application/json")),
        Payload.json(new byte[] {'{', '}'}));
  }

  private static Result call(Receiver receiver, Duration patience) {
    try (SocketCaller caller = caller(LOOPBACK, SocketCallerTest::here)) {
      return caller.call(request(receiver.url("hooks.example", "/a?b=%20ä")), patience);
    }
  }

  @Test
  void aCallIsOnePostWithItsHeaders() throws Exception {
    try (Receiver receiver = Receiver.of(FINE)) {
      Result result = call(receiver, PATIENCE);

      assertThat(result.status()).isEqualTo(200);
      assertThat(result.reply()).isEqualTo("fine");
      assertThat(result.isAccepted()).isTrue();
      assertThat(receiver.requests)
          .containsExactly(
              "POST /a?b=%20%C3%A4 HTTP/1.1\r\nHost: hooks.example:"
                  + receiver.port()
                  + "\r\nUser-Agent: Carillon-Webhooks/1\r\nAccept: */*\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 204 No Content\r\n\r\n', 204, ''",
    "'HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n', 200, abcde",
    "'HTTP/1.0 500 Oh\r\n\r\nuntil it closes', 500, until it closes",
    "'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 1\r\n\r\nx', 201, x",
    "'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nbroken', 200, broken",
    "'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n', 302, ''",
    "'SSH-2.0-x\r\n', 0, the answer is no HTTP/1.1",
    "'HTTP/1.1 200 OK\r\nno colon\r\n\r\n', 0, the answer is no HTTP/1.1",
    "'', 0, the connection failed: closed before an answer"
  })
  void answersAreReadAsFarAsTheyMatter(String bytes, int status, String reply) throws Exception {
    try (Receiver receiver = Receiver.of(bytes)) {
      Result result = call(receiver, PATIENCE);

      assertThat(result.status()).isEqualTo(status);
      assertThat(result.reply()).isEqualTo(reply);
    }
  }

  @Test
  void ofAnAnswerOneKilobyteIsRead() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Receiver.Answer endless =
        (request, to) -> {
          to.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
          to.getOutputStream().write("x".repeat(5_000).getBytes(UTF_8));
          over.await();
        };
    try (Receiver receiver = new Receiver(endless)) {
      Result result = call(receiver, PATIENCE);

      assertThat(result.status()).isEqualTo(200);
      assertThat(result.reply()).isEqualTo("x".repeat(Result.REPLY_BYTES_MAX));
    } finally {
      over.countDown();
    }
  }

  @Test
  void aHeadThatDoesNotEndIsBrokenOff() throws Exception {
    try (Receiver receiver = Receiver.of("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(10_000))) {
      assertThat(call(receiver, PATIENCE).reply()).contains("16384 bytes");
    }
  }

  @Test
  void silenceEndsWhenPatienceDoes() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (Receiver receiver = new Receiver((request, to) -> over.await())) {
      Result result = call(receiver, SHORT);

      assertThat(result.status()).isZero();
      assertThat(result.reply()).isEqualTo("no answer in time");
    } finally {
      over.countDown();
    }
  }

  @Test
  void whatDripsEndsToo() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Receiver.Answer dripping =
        (request, to) -> {
          while (!over.await(20, TimeUnit.MILLISECONDS)) {
            to.getOutputStream().write('H');
          }
        };
    try (Receiver receiver = new Receiver(dripping)) {
      assertThat(call(receiver, SHORT).reply()).isEqualTo("no answer in time");
    } finally {
      over.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"})
  void whatIsNotPublicIsNotCalled(String address) throws Exception {
    try (Receiver receiver = Receiver.of(FINE);
        SocketCaller caller =
            caller(PUBLIC, host -> new InetAddress[] {InetAddress.ofLiteral(address)})) {
      Result result = caller.call(request(receiver.url("innocent.example", "/")), PATIENCE);

      assertThat(result.status()).isZero();
      assertThat(result.reply()).contains("is not public", "carillon.webhooks.allowed-networks");
      assertThat(receiver.requests).isEmpty();
    }
  }

  @Test
  void literalAddressesAreCheckedAsNamesAre() throws Exception {
    try (Receiver receiver = Receiver.of(FINE);
        SocketCaller caller = new SocketCaller(PUBLIC)) {
      for (String host : List.of("127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1")) {
        URI url = URI.create("http://" + host + ":" + receiver.port() + "/");
        if (url.getHost() != null) {
          assertThat(caller.call(request(url), PATIENCE).status()).as(host).isZero();
        }
      }
      assertThat(receiver.requests).isEmpty();
    }
  }

  @Test
  void aNameIsResolvedOnceForACall() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Resolver rebinding =
        host ->
            new InetAddress[] {
              InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1")
            };
    try (Receiver receiver = Receiver.of(FINE);
        SocketCaller caller = caller(LOOPBACK, rebinding)) {
      assertThat(caller.call(request(receiver.url("x.example", "/")), PATIENCE).status())
          .isEqualTo(200);
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void theNextAddressIsTriedWhereOneIsForbidden() throws Exception {
    Resolver both =
        host ->
            new InetAddress[] {
              InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("127.0.0.1")
            };
    try (Receiver receiver = Receiver.of(FINE);
        SocketCaller caller = caller(LOOPBACK, both)) {
      assertThat(caller.call(request(receiver.url("x.example", "/")), PATIENCE).status())
          .isEqualTo(200);
    }
  }

  @Test
  void aRedirectIsFollowedWithTheSameBodyAndCheckedAnew() throws Exception {
    try (Receiver target = Receiver.of(FINE);
        Receiver good = Receiver.of(redirect("http://other.example:" + target.port() + "/b"));
        Receiver bad = Receiver.of(redirect("http://inside.example:" + target.port() + "/"));
        SocketCaller caller =
            caller(
                LOOPBACK,
                host ->
                    new InetAddress[] {
                      InetAddress.ofLiteral(
                          host.equals("inside.example") ? "192.168.0.1" : "127.0.0.1")
                    })) {
      assertThat(caller.call(request(good.url("x.example", "/")), PATIENCE).status())
          .isEqualTo(200);
      assertThat(target.requests).hasSize(1);
      assertThat(target.requests.getFirst()).startsWith("POST /b ").endsWith("\r\n\r\n{}");

      assertThat(caller.call(request(bad.url("x.example", "/")), PATIENCE).reply())
          .contains("192.168.0.1 is not public");
      assertThat(target.requests).hasSize(1);
    }
  }

  private static String redirect(String location) {
    return "HTTP/1.1 307 Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "/again, more than 3 redirects",
    "file:///etc/passwd, redirected to what is no address",
    "http://user:secret@x.example/, redirected to what is no address",
    "'ht tp:', redirected to what is no address"
  })
  void redirectsThatLeadNowhereEnd(String location, String reply) throws Exception {
    try (Receiver receiver = Receiver.of(redirect(location))) {
      assertThat(call(receiver, PATIENCE).reply()).isEqualTo(reply);
    }
  }

  @Test
  void whatCannotBeReachedIsSaidInAFewWords() throws Exception {
    try (SocketCaller nowhere =
        caller(
            LOOPBACK,
            host -> {
              throw new UnknownHostException(host);
            })) {
      assertThat(nowhere.call(request(URI.create("http://x.example/")), PATIENCE).reply())
          .isEqualTo("the host name has no address");
    }
    int port;
    try (Receiver closed = Receiver.of("")) {
      port = closed.port();
    }
    try (SocketCaller caller = caller(LOOPBACK, SocketCallerTest::here)) {
      URI url = URI.create("http://x.example:" + port + "/");
      assertThat(caller.call(request(url), PATIENCE).reply()).startsWith("the connection failed");
    }
  }

  @Test
  void aServerWithoutTlsIsNotTakenForOneThatHasIt() throws IOException {
    try (Receiver receiver = Receiver.of(FINE);
        SocketCaller caller = caller(LOOPBACK, SocketCallerTest::here)) {
      URI url = URI.create("https://x.example:" + receiver.port() + "/");
      assertThat(caller.call(request(url), Duration.ofSeconds(2)).status()).isZero();
    }
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (Receiver receiver = Receiver.keeping(FINE);
        SocketCaller caller = caller(LOOPBACK, SocketCallerTest::here)) {
      for (int i = 0; i < 3; i++) {
        assertThat(caller.call(request(receiver.url("x.example", "/")), PATIENCE).reply())
            .isEqualTo("fine");
      }
      assertThat(receiver.requests).hasSize(3);
      assertThat(receiver.connections).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfine",
        "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nfine",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine and more"
      })
  void aConnectionOnWhichMoreMayComeIsNot(String bytes) throws Exception {
    try (Receiver receiver = Receiver.keeping(bytes);
        SocketCaller caller = caller(LOOPBACK, SocketCallerTest::here)) {
      for (int i = 0; i < 2; i++) {
        assertThat(caller.call(request(receiver.url("x.example", "/")), PATIENCE).status())
            .isEqualTo(200);
      }
      assertThat(receiver.connections).hasValue(2);
    }
  }

  @Test
  void whatTheServerClosedMeanwhileIsMadeAnew() throws Exception {
    try (Receiver receiver = Receiver.of(FINE);
        SocketCaller caller = caller(LOOPBACK, SocketCallerTest::here)) {
      for (int i = 0; i < 3; i++) {
        assertThat(caller.call(request(receiver.url("x.example", "/")), PATIENCE).status())
            .isEqualTo(200);
      }
      assertThat(receiver.connections).hasValue(3);
    }
  }

  @Test
  void anAddressThatTheNameHasNoMoreIsNotCalledOverAnOldConnection() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Resolver moving =
        host ->
            new InetAddress[] {
              InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1")
            };
    try (Receiver receiver = Receiver.keeping(FINE);
        SocketCaller caller = caller(LOOPBACK, moving)) {
      WebhookRequest request = request(receiver.url("x.example", "/"));
      assertThat(caller.call(request, PATIENCE).status()).isEqualTo(200);

      assertThat(caller.call(request, PATIENCE).reply()).contains("10.0.0.1 is not public");
      assertThat(receiver.requests).hasSize(1);
    }
  }
}
