package io.carillon.standalone.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a team's apps as a file declares them. Stateless. */
final class ApplyCommand implements Command {
  private static final String TENANT = "--team";

  @Override
  public Arguments.Options options() {
    return new Arguments.Options(
        Set.of("-f", "--file", "--server", TENANT), Set.of("--dry-run", "--prune"));
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) throws InterruptedException {
    arguments.words();
    String name =
        arguments
            .value("-f")
            .or(() -> arguments.value("--file"))
            .orElseThrow(() -> CommandException.wrong("-f: nothing (expected: a file in YAML)"));
    DeclarationFile file = DeclarationFile.read(surroundings.folder().resolve(name));
    ConsoleApi api = api(arguments, surroundings);
    Map<String, @Nullable Object> body = new LinkedHashMap<>(file.content());
    body.put("dryRun", arguments.has("--dry-run"));
    body.put("prune", arguments.has("--prune"));
    String team = team(api, arguments.value(TENANT).orElse(null));
    ConsoleApi.Answer answer = api.post("/tenants/" + team + "/apply", body);
    if (!answer.isDone()) {
      throw refused(file, answer);
    }
    if (arguments.has("--json")) {
      surroundings.console().print(answer.text());
    } else {
      print(surroundings.console(), answer);
    }
  }

  private static ConsoleApi api(Arguments arguments, Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    String token =
        arguments.value("--token").orElse(environment.getOrDefault("CARILLON_TOKEN", "")).strip();
    if (token.isEmpty()) {
      throw CommandException.wrong(
          "CARILLON_TOKEN: nothing (expected: an access token, made in the console under Account)");
    }
    String url =
        arguments
            .value("--server")
            .or(() -> arguments.value("--url"))
            .orElse(environment.getOrDefault("CARILLON_URL", ""));
    return new ConsoleApi(
        url.isEmpty()
            ? URI.create(new LocalServer(environment).url())
            : Target.url("--server", url),
        token);
  }

  /** The only team of the token, or the one of this name or id. */
  private static String team(ConsoleApi api, @Nullable String wanted) throws InterruptedException {
    ConsoleApi.Answer answer = api.get("/tenants");
    if (!answer.isDone()) {
      throw CommandException.failed(problem(answer));
    }
    List<String> fitting = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (Object item : items(answer.json().get("tenants"))) {
      if (item instanceof Map<?, ?> tenant) {
        String id = String.valueOf(tenant.get("id"));
        String name = String.valueOf(tenant.get("name"));
        names.add(name);
        if (wanted == null || wanted.equals(id) || wanted.equals(name)) {
          fitting.add(id);
        }
      }
    }
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    throw CommandException.wrong(
        TENANT
            + ": "
            + (wanted == null ? "nothing" : Text.printable(wanted))
            + " (expected: one of "
            + Text.printable(String.join(", ", names))
            + ", by its name or id)");
  }

  private static Iterable<?> items(@Nullable Object list) {
    return list instanceof Iterable<?> items ? items : List.of();
  }

  private static CommandException refused(DeclarationFile file, ConsoleApi.Answer answer) {
    String pointer = answer.text("pointer");
    String where =
        pointer.isEmpty() ? "" : file.path() + ":" + file.line(pointer) + ": " + pointer + ": ";
    return CommandException.failed(
        Text.printable(where) + problem(answer) + "\nNothing was changed");
  }

  private static String problem(ConsoleApi.Answer answer) {
    return Text.printable(answer.text("detail")) + " (" + Text.printable(answer.text("code")) + ")";
  }

  private static void print(Console console, ConsoleApi.Answer answer) {
    int changes = 0;
    for (Object item : items(answer.json().get("steps"))) {
      if (item instanceof Map<?, ?> step) {
        changes += "unchanged".equals(step.get("action")) ? 0 : 1;
        line(console, step);
      }
    }
    boolean dry = Boolean.TRUE.equals(answer.json().get("dryRun"));
    console.say(
        changes == 0
            ? "Nothing to change"
            : changes + (changes == 1 ? " change" : " changes") + (dry ? " to make" : " made"));
  }

  private static void line(Console console, Map<?, ?> step) {
    String kind = String.valueOf(step.get("kind"));
    String app = String.valueOf(step.get("app"));
    String name = kind.equals("app") ? app : app + " / " + step.get("name");
    console.print(
        Text.printable("%-9s  %-7s  %s".formatted(step.get("action"), kind, name)) + changes(step));
    if (step.get("secret") != null) {
      console.print("           " + kind + " " + step.get("id") + "  secret " + step.get("secret"));
    }
  }

  private static String changes(Map<?, ?> step) {
    if (!"update".equals(step.get("action"))
        || !(step.get("after") instanceof Map<?, ?> after)
        || !(step.get("before") instanceof Map<?, ?> before)) {
      return "";
    }
    Set<String> names = new TreeSet<>();
    before.keySet().forEach(name -> names.add(String.valueOf(name)));
    after.keySet().forEach(name -> names.add(String.valueOf(name)));
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append("\n           ")
          .append(
              Text.printable(
                  name + ": " + said(before.get(name)) + " -> " + said(after.get(name))));
    }
    return text.toString();
  }

  private static String said(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }
}
