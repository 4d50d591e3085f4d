package io.carillon.core.account;

import io.carillon.core.account.Plan.Step;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes a tenant's applications as they are declared, all or nothing. A dry run does the same and
 * takes it back: so its plan is what would happen, with everything checked. Calls block.
 * Thread-safe.
 */
public final class Declarations {
  private final ConsolePorts ports;
  private final AppParts parts;

  public Declarations(ConsolePorts ports, AppParts parts) {
    this.ports = ports;
    this.parts = parts;
  }

  /** How a declaration is taken. */
  public enum Option {
    /** Nothing is changed. */
    DRY_RUN,
    /** What is not declared is deleted. */
    PRUNE
  }

  /** Takes back what was done so far: a refusal after a change, or a dry run's end. */
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Outcome<Plan> outcome;

    Undone(Outcome<Plan> outcome) {
      super("undone on purpose", null, false, false);
      this.outcome = outcome;
    }
  }

  public Outcome<Plan> apply(Acting by, List<DeclaredApp> declared, Set<Option> options) {
    try {
      return Outcome.done(ports.work().atomically(() -> applied(by, declared, options)));
    } catch (Undone undone) {
      return undone.outcome;
    }
  }

  private Plan applied(Acting by, List<DeclaredApp> declared, Set<Option> options) {
    List<Step> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < declared.size(); i++) {
      DeclaredApp app = declared.get(i);
      String at = "/apps/" + i;
      if (!names.add(app.name())) {
        throw refused(twice("name", app.name()), at + "/name");
      }
      new AppDeclaration(by, parts, options.contains(Option.PRUNE), at, steps).apply(app);
    }
    if (options.contains(Option.PRUNE)) {
      prune(by, names, steps);
    }
    Plan plan = new Plan(steps);
    if (options.contains(Option.DRY_RUN)) {
      throw new Undone(Outcome.done(plan));
    }
    return plan;
  }

  private void prune(Acting by, Set<String> names, List<Step> steps) {
    for (Apps.Listed app : parts.apps().list(by)) {
      String name = app.listing().name();
      if (names.contains(name)) {
        continue;
      }
      if (!by.may(Right.DELETE_APPS)) {
        throw refused(
            Problem.of(
                ErrorCode.ROLE_DENIED,
                by.membership().role().word() + " (expected: at least admin, to delete an app)"),
            "/apps");
      }
      done(parts.apps().delete(by, app), "/apps");
      steps.add(
          new Step(
              Plan.Kind.APP,
              name,
              name,
              Plan.Action.DELETE,
              new AuditLog.Change(Described.app(name, app.app().settings()), null),
              null));
    }
  }

  static Problem twice(String field, String value) {
    return Problem.of(ErrorCode.BAD_REQUEST, field + ": \"" + value + "\" twice (expected: once)");
  }

  /** What was done; or everything is taken back, and the refusal says where it came from. */
  static <T> T done(Outcome<T> outcome, String at) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var problem) -> throw refused(problem, at);
    };
  }

  static RuntimeException refused(Problem problem, String at) {
    return new Undone(Outcome.refused(problem.at(at + problem.pointer())));
  }
}
