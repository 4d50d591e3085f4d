import static io.carillon.client.Capability.HISTORY;
import static io.carillon.client.Capability.SUBSCRIBE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.client.CarillonServer;
import io.carillon.client.Outgoing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The backend of the notifications: people sign in, get a token for their own channel, and are told things. */
public class Server {
  private static final String URL = System.getenv("CARILLON_URL");
  private static final String KEY = System.getenv("CARILLON_KEY");
  private static final String SECRET = System.getenv("CARILLON_SECRET");
  private static final Path HOME = Path.of("examples", "notifications", "web");
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html; charset=utf-8", "css", "text/css", "js", "text/javascript");

  private final CarillonServer carillon = CarillonServer.of(URL, KEY, SECRET);

  /** Who is signed in, by the secret in the cookie; an application keeps this in its database. */
  private final Map<String, String> sessions = new ConcurrentHashMap<>();

  private record Answer(int status, String type, String body) {
    static Answer ok(String body) {
      return new Answer(200, "text/plain; charset=utf-8", body);
    }
  }

  public static void main(String[] args) throws Exception {
    Server backend = new Server();
    makeRule();
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", backend::handle);
    http.start();
    System.out.println("Notifications: open http://localhost:" + http.getAddress().getPort()
        + "/ and sign in; a private window is another device or person");
  }

  // #region rule
  /** Nobody reads the channel of another user, and nobody but the backend publishes. */
  private static void makeRule() throws Exception {
    String rule = "{\"subscribe\":\"tokens\",\"publish\":\"server\",\"historyDays\":30,\"events\":[\"notification\",\"read\"]}";
    String basic = Base64.getEncoder().encodeToString((KEY + ":" + SECRET).getBytes(UTF_8));
    HttpRequest request = HttpRequest.newBuilder(URI.create(URL + "/v1/rules/user:*"))
        .header("Authorization", "Basic " + basic)
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString(rule))
        .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) throw new IllegalStateException(answer.body());
  }
  // #endregion rule

  private Answer answer(HttpExchange exchange, Map<String, String> form) throws IOException {
    String user = userOf(exchange);
    String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (what.equals("POST /sign-in")) return signIn(exchange, form.getOrDefault("name", ""));
    if (what.startsWith("GET ")) return file(exchange.getRequestURI().getPath());
    if (user == null) return new Answer(401, "text/plain", "sign in first");
    return switch (what) {
      case "POST /token" -> Answer.ok(tokenFor(user));
      case "POST /notify" -> Answer.ok(notify(user, form.get("to"), form.get("text")));
      case "POST /read" -> Answer.ok(read(user, form.get("epoch"), form.get("offset")));
      default -> new Answer(404, "text/plain", "not found");
    };
  }

  // #region token
  private String tokenFor(String user) {
    return carillon.tokens().issue(t -> t.clientId(user).allow("user:" + user, SUBSCRIBE, HISTORY));
  }
  // #endregion token

  // #region notify
  /** Tells many users at once: one request, one message on the channel of each, for all devices. */
  private String notify(String from, String to, String text) {
    Map<String, Object> data = Map.of("from", from, "text", text);
    List<Outgoing> all = Arrays.stream(to.split("[, ]+"))
        .filter(Server::isName)
        .map(user -> Outgoing.of("notification", data).to("user:" + user))
        .toList();
    long told = carillon.publishAll(all).stream().filter(result -> result.published().isPresent()).count();
    return told + " of " + all.size() + " were told";
  }
  // #endregion notify

  // #region read
  /** Everything up to this position was read: the user's other devices hear of it as well. */
  private String read(String user, String epoch, String offset) {
    Map<String, Object> position = Map.of("epoch", Long.parseLong(epoch), "offset", Long.parseLong(offset));
    return carillon.publish("user:" + user, "read", position).id();
  }
  // #endregion read

  private Answer signIn(HttpExchange exchange, String name) {
    if (!isName(name)) return new Answer(400, "text/plain", "name (expected: 1 to 40 letters, digits, - and _)");
    String session = UUID.randomUUID().toString();
    sessions.put(session, name);
    exchange.getResponseHeaders().add("Set-Cookie", "session=" + session + "; HttpOnly; SameSite=Strict; Path=/");
    return Answer.ok(name);
  }

  private String userOf(HttpExchange exchange) {
    String cookie = exchange.getRequestHeaders().getFirst("Cookie");
    return cookie == null ? null : sessions.get(cookie.replaceAll("^.*?session=([\\w-]*).*$", "$1"));
  }

  private static boolean isName(String text) {
    return text.matches("[\\w-]{1,40}");
  }

  /** A file of the page, of what the examples share, or of the client library. */
  private static Answer file(String path) throws IOException {
    Path root = path.startsWith("/common/") ? Path.of("examples", "common", "web")
        : path.startsWith("/sdk/") ? Path.of("sdk-js", "dist") : HOME;
    String name = path.equals("/") ? "index.html" : path.replaceFirst("^/(common/|sdk/)?", "");
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    Path file = root.resolve(name).normalize();
    if (type == null || !file.startsWith(root) || !Files.exists(file)) return new Answer(404, "text/plain", "not found");
    return new Answer(200, type, Files.readString(file).replace("%CARILLON_URL%", URL));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange, form(new String(exchange.getRequestBody().readNBytes(10_000), UTF_8)));
      } catch (RuntimeException e) {
        answer = new Answer(400, "text/plain", String.valueOf(e.getMessage()));
      }
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", answer.type());
      exchange.getResponseHeaders().add("Cache-Control", "no-store");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Map<String, String> form(String body) {
    return Arrays.stream(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8), (one, other) -> other));
  }
}
