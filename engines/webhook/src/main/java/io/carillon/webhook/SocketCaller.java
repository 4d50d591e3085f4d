package io.carillon.webhook;

import io.carillon.core.webhook.AddressGuard;
import io.carillon.core.webhook.WebhookAttempt.Result;
import io.carillon.core.webhook.WebhookCaller;
import io.carillon.core.webhook.WebhookRequest;
import io.carillon.core.webhook.WebhookSettings;
import io.carillon.webhook.IdleConnections.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls endpoints over sockets of its own, since the address that was checked has to be the one
 * that is connected to: a client that resolves the name once more could be given another one. A
 * connection is used again for a while, as long as the name still has its address; each redirect is
 * checked as the first address was. Thread-safe.
 */
public final class SocketCaller implements WebhookCaller, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketCaller.class);

  /** Redirects that keep the method; others are answers like any that is not 2xx. */
  private static final int REDIRECTS_MAX = 3;

  private static final int TEMPORARY_REDIRECT = 307;
  private static final int PERMANENT_REDIRECT = 308;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /** How long a connection may take, for each address that is tried. */
  private static final Duration CONNECT_MAX = Duration.ofSeconds(4);

  private final AddressGuard guard;
  private final Resolver resolver;
  private final SSLSocketFactory tls;

  /** Ends what drips: a read's timeout begins anew with each byte. */
  private final ScheduledExecutorService watch;

  private final IdleConnections idle = new IdleConnections();

  public SocketCaller(AddressGuard guard) {
    this(guard, InetAddress::getAllByName, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  SocketCaller(AddressGuard guard, Resolver resolver, SSLSocketFactory tls) {
    this.guard = guard;
    this.resolver = resolver;
    this.tls = tls;
    ScheduledThreadPoolExecutor watching =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("webhook-watch").unstarted(task));
    watching.setRemoveOnCancelPolicy(true);
    this.watch = watching;
    long sweep = IdleConnections.IDLE_MAX.toMillis();
    watching.scheduleWithFixedDelay(idle::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
  }

  @Override
  public Result call(WebhookRequest request, Duration patience) {
    long begun = System.nanoTime();
    Deadline deadline = Deadline.in(patience);
    try {
      HttpExchange.Answer answer = answer(request, deadline);
      return new Result(millisSince(begun), answer.status(), answer.text());
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} was not reached", request.url().getHost(), e);
      return new Result(millisSince(begun), 0, words(e));
    }
  }

  private static int millisSince(long begun) {
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  private HttpExchange.Answer answer(WebhookRequest request, Deadline deadline) throws IOException {
    WebhookRequest current = request;
    for (int redirects = 0; ; redirects++) {
      HttpExchange.Answer answer = once(current, deadline);
      boolean moved =
          answer.status() == TEMPORARY_REDIRECT || answer.status() == PERMANENT_REDIRECT;
      if (!moved || answer.location() == null) {
        return answer;
      }
      if (redirects == REDIRECTS_MAX) {
        throw new CallFailure("more than " + REDIRECTS_MAX + " redirects");
      }
      current = current.at(target(current.url(), answer.location()));
    }
  }

  private static URI target(URI from, String location) throws CallFailure {
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new CallFailure("redirected to what is no address");
    }
    if (!WebhookSettings.isUsable(target)) {
      throw new CallFailure("redirected to what is no address");
    }
    if (isTls(from) && !isTls(target)) {
      throw new CallFailure("redirected from https to http");
    }
    return target;
  }

  private HttpExchange.Answer once(WebhookRequest request, Deadline deadline) throws IOException {
    URI url = request.url();
    String host = bare(url.getHost());
    int port = url.getPort() > 0 ? url.getPort() : isTls(url) ? HTTPS_PORT : HTTP_PORT;
    Place place = new Place(url.getScheme().toLowerCase(Locale.ROOT), host, port);
    List<InetAddress> addresses = allowed(host);
    Connection used = idle.take(place, addresses);
    if (used != null) {
      used.begin(deadline);
      HttpExchange exchange = new HttpExchange(used);
      try {
        return watched(used, exchange, place, request, deadline);
      } catch (SocketTimeoutException late) {
        throw late;
      } catch (IOException e) {
        if (exchange.hasAnswerBegun()) {
          throw e;
        }
        LOG.debug("{} had closed a connection that was idle", host, e);
      }
    }
    return fresh(request, place, addresses, deadline);
  }

  private HttpExchange.Answer fresh(
      WebhookRequest request, Place place, List<InetAddress> addresses, Deadline deadline)
      throws IOException {
    Socket plain = connected(addresses, place.port(), deadline);
    ScheduledFuture<?> end =
        watch.schedule(
            () -> Connection.closeQuietly(plain), deadline.millisLeft(), TimeUnit.MILLISECONDS);
    Connection connection;
    try {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(deadline.millisLeft());
      Socket socket = isTls(request.url()) ? secured(plain, place.host(), place.port()) : plain;
      connection = new Connection(plain, socket, deadline);
    } catch (IOException e) {
      plain.close();
      deadline.millisLeft(); // says so when it was the watch that closed it
      throw e;
    } finally {
      end.cancel(false);
    }
    return watched(connection, new HttpExchange(connection), place, request, deadline);
  }

  /** The connection waits for the next call behind it, or is closed. */
  private HttpExchange.Answer watched(
      Connection connection,
      HttpExchange exchange,
      Place place,
      WebhookRequest request,
      Deadline deadline)
      throws IOException {
    ScheduledFuture<?> end =
        watch.schedule(connection::close, deadline.millisLeft(), TimeUnit.MILLISECONDS);
    try {
      return exchange.send(request);
    } catch (IOException e) {
      deadline.millisLeft(); // says so when it was the watch that closed it
      throw e;
    } finally {
      if (end.cancel(false) && exchange.isReusable()) {
        idle.keep(place, connection);
      } else {
        connection.close();
      }
    }
  }

  /** The name is resolved once, and what was checked is what is connected to. */
  private List<InetAddress> allowed(String host) throws IOException {
    InetAddress[] addresses = resolver.addresses(host);
    List<InetAddress> allowed = Arrays.stream(addresses).filter(guard::allows).toList();
    if (!allowed.isEmpty()) {
      return allowed;
    }
    if (addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    throw new CallFailure(
        "the address "
            + addresses[0].getHostAddress()
            + " is not public (expected: a public one, or one that"
            + " carillon.webhooks.allowed-networks allows)");
  }

  private static Socket connected(List<InetAddress> addresses, int port, Deadline deadline)
      throws IOException {
    IOException failure = new IOException("no address");
    for (InetAddress address : addresses) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        int patience = (int) Math.min(CONNECT_MAX.toMillis(), deadline.millisLeft());
        socket.connect(new InetSocketAddress(address, port), patience);
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private SSLSocket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static boolean isTls(URI url) {
    return "https".equals(url.getScheme().toLowerCase(Locale.ROOT));
  }

  /** Without the brackets of a literal IPv6 address. */
  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** For the ledger, where what the system says of its inside does not belong. */
  private static String words(Exception failure) {
    return switch (failure) {
      case CallFailure known -> String.valueOf(known.getMessage());
      case UnknownHostException unknown -> "the host name has no address";
      case SocketTimeoutException late -> "no answer in time";
      case SSLException broken -> "TLS failed: " + broken.getMessage();
      default -> "the connection failed: " + failure.getMessage();
    };
  }

  @Override
  public void close() {
    watch.shutdownNow();
    idle.close();
  }
}
