package io.carillon.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonFactory;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.config.ConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The real server and database, browsers that sign in to its console, and what it logs. Each
 * browser has an address of its own, as a proxy in front would tell it.
 */
public final class ConsoleServer implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery";
  private static final long PATIENCE_SECONDS = 10;

  public final HttpClient client = HttpClient.newHttpClient();
  public final String url;

  /** Null when the figures have no port of their own. */
  public final @Nullable String metricsUrl;

  private final Standalone standalone;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final AtomicInteger addresses = new AtomicInteger();

  ConsoleServer(Path data) {
    this(data, Map.of());
  }

  /**
   * @param settings beside the usual ones
   */
  public ConsoleServer(Path data, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("CARILLON_DATA", data.toString());
    environment.put("CARILLON_PORT", "0");
    environment.put("CARILLON_TRUSTED_PROXIES", "127.0.0.0/8,::1/128");
    ConfigLoader.Result result = ConfigLoader.load(environment, Map.of());
    CarillonConfig config = ((ConfigLoader.Loaded) result).config();
    log.start();
    root().addAppender(log);
    this.standalone =
        new Standalone(
            config, new Steps(new PrintStream(new ByteArrayOutputStream(), true, UTF_8)));
    Standalone.Running running = standalone.start();
    this.url = running.url();
    this.metricsUrl = running.metricsUrl();
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  public List<String> logged() {
    // it appends under its own lock
    synchronized (log) {
      return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
  }

  /** The token of the latest mail to this address, which is mailed at any moment. */
  public String mailedToken(String email, String page) throws InterruptedException {
    Pattern link = Pattern.compile("Mail for " + email + ": .*/" + page + "#(\\S+)$");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      for (String line : logged().reversed()) {
        Matcher found = link.matcher(line);
        if (found.find()) {
          return found.group(1);
        }
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new AssertionError("no mail to " + email + " in " + logged());
  }

  public Browser browser() {
    return new Browser("192.0.2." + addresses.incrementAndGet());
  }

  /** A browser that has signed up with a tenant of its own. */
  public Browser signedUp(String email) throws Exception {
    Browser browser = browser();
    HttpResponse<String> answer =
        browser.send(
            "POST",
            "/accounts",
            "{'email':'%s','password':'%s','tenant':'Tenant of %s'}"
                .formatted(email, PASSWORD, email));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    browser.tenant = field(answer.body().replaceFirst(".*\"tenants\"", ""), "id");
    return browser;
  }

  /** A browser that has come to the tenant of another one, by an invitation. */
  public Browser invited(Browser by, String email, String role) throws Exception {
    HttpResponse<String> invited =
        by.send(
            "POST",
            by.inTenant("/invitations"),
            "{'email':'%s','role':'%s'}".formatted(email, role));
    assertThat(invited.statusCode()).as(invited.body()).isEqualTo(201);
    Browser browser = browser();
    HttpResponse<String> answer =
        browser.send(
            "POST",
            "/accounts",
            "{'email':'%s','password':'%s','invitation':'%s'}"
                .formatted(email, PASSWORD, mailedToken(email, "invitation")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    browser.tenant = by.tenant;
    return browser;
  }

  /** The first text or number of this name in the JSON. */
  public static String field(String json, String name) {
    try (var parser = new JsonFactory().createParser(json.substring(json.indexOf('{')))) {
      while (parser.nextToken() != null) {
        if (name.equals(parser.currentName())) {
          parser.nextToken();
          return parser.getText();
        }
      }
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
    throw new AssertionError("no " + name + " in " + json);
  }

  @Override
  public void close() {
    standalone.close();
    root().detachAppender(log);
    client.close();
  }

  /** Keeps its cookie, and says what a browser says of a page's requests. Confined to one test. */
  public final class Browser {
    public final String address;
    public String tenant = "";
    public @Nullable String cookie;

    private Browser(String address) {
      this.address = address;
    }

    public String inTenant(String path) {
      return "/tenants/" + tenant + path;
    }

    public HttpResponse<String> get(String path) throws Exception {
      return send("GET", path, "");
    }

    /** Single quotes stand for double ones. */
    public HttpResponse<String> send(String method, String path, String body) throws Exception {
      return send(request(method, path, body).header("sec-fetch-site", "same-origin"));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      answer
          .headers()
          .firstValue("set-cookie")
          .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
      assertThat(answer.body()).doesNotContain("argon2", PASSWORD);
      return answer;
    }

    public HttpRequest.Builder request(String method, String path, String body) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + "/v1/console" + path))
              .header("x-forwarded-for", address)
              .method(
                  method,
                  body.isEmpty()
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(body.replace('\'', '"')));
      if (!body.isEmpty()) {
        request.header("content-type", "application/json");
      }
      if (cookie != null) {
        request.header("cookie", cookie);
      }
      return request;
    }
  }
}
