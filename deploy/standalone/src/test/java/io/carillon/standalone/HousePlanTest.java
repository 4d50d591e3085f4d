package io.carillon.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.carillon.core.model.ChannelName;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/**
 * The plan of the house: which room may know which. Ten rules at most; an eleventh replaces one,
 * and where a type or a module can say it, the rule goes.
 */
@AnalyzeClasses(packages = "io.carillon", importOptions = DoNotIncludeTests.class)
final class HousePlanTest {
  private static final String CORE = "io.carillon.core";

  /** Rooms of one rank do not know each other. */
  private static final Map<String, Integer> RANKS =
      Map.ofEntries(
          Map.entry("model", 0),
          Map.entry("error", 1),
          Map.entry("runtime", 2),
          Map.entry("engine", 3),
          Map.entry("metric", 3),
          Map.entry("span", 3),
          Map.entry("channel", 4),
          Map.entry("config", 4),
          Map.entry("limit", 4),
          Map.entry("meter", 4),
          Map.entry("inspect", 4),
          Map.entry("trace", 4),
          Map.entry("auth", 5),
          Map.entry("webhook", 5),
          Map.entry("account", 6),
          Map.entry("publish", 6),
          Map.entry("history", 6),
          Map.entry("hub", 6),
          Map.entry("session", 7),
          Map.entry("", 8));

  private HousePlanTest() {}

  @ArchTest
  static final ArchRule roomsOfCoreImportOnlyDownward =
      classes()
          .that()
          .resideInAPackage(CORE + "..")
          .should(importOnlyDownward())
          .because(
              "reading order is import order; move what both rooms need into a lower one, or give"
                  + " a new room its rank here");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("io.carillon.(**)")
          .should()
          .beFreeOfCycles()
          .because("two rooms that know each other are one; let the upper own an interface");

  @ArchTest
  static final ArchRule coreKnowsNoFramework =
      noClasses()
          .that()
          .resideInAPackage(CORE + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.micronaut..", "io.netty..", "jakarta..", "java.sql..", "com.fasterxml..")
          .because("decisions are made in core and the outside translates; add a port instead");

  @ArchTest
  static final ArchRule enginesKnowThePortsOnly =
      CompositeArchRule.of(
              knowsThePortsOnly(
                  "io.carillon.postgres..",
                  CORE + ".account..",
                  CORE + ".webhook..",
                  CORE + ".metric.."))
          .and(knowsThePortsOnly("io.carillon.redis..", CORE + ".metric.."))
          .and(knowsThePortsOnly(CORE + ".engine.local.."))
          .and(knowsThePortsOnly("io.carillon.jwt..", CORE + ".auth.."))
          .and(knowsThePortsOnly("io.carillon.schema.."))
          .and(knowsThePortsOnly("io.carillon.argon2..", CORE + ".account.."))
          .and(knowsThePortsOnly("io.carillon.smtp..", CORE + ".account.."))
          .and(knowsThePortsOnly("io.carillon.webhook..", CORE + ".webhook.."))
          .and(knowsThePortsOnly("io.carillon.oidc..", CORE + ".account.."))
          .because("an engine keeps and carries; use cases belong to core");

  @ArchTest
  static final ArchRule nettyStaysInTheOuterRooms =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.carillon.api.listen..",
              "io.carillon.edge.listen..",
              "io.carillon.edge.carrier..",
              "io.carillon.edge.drain..",
              "io.carillon.edge.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..")
          .because("protocols speak of bytes; let a carrier move them");

  @ArchTest
  static final ArchRule protocolsKnowNoSiblingAndNoCarrier =
      CompositeArchRule.of(
              noClasses()
                  .that()
                  .resideInAPackage("io.carillon.edge.protocol..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage("io.carillon.edge.carrier..", "io.carillon.edge.listen.."))
          .and(slices().matching("io.carillon.edge.protocol.(*)..").should().notDependOnEachOther())
          .because("a protocol is one folder; what carriers and protocols share is in the SPI");

  @ArchTest
  static final ArchRule featuresOfTheApiKnowNoSibling =
      slices()
          .matching("io.carillon.api.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAPackage("io.carillon.api.http.."))
          .ignoreDependency(resideInAPackage("io.carillon.api.wiring.."), alwaysTrue())
          .because("what features share is in http, or is a use case of core");

  @ArchTest
  static final ArchRule portsAndHubTakeChannelsWithTheirApp =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(CORE + ".engine..", CORE + ".hub..")
          .should(takeNoBareChannelName())
          .because("a message must not reach the channel of that name in another application");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .should(resideInANullMarkedPackage())
          .because("null is a compile error; add a package-info.java with one line");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils)")
          .because("such a name fits anything; say what it is");

  private static ArchRule knowsThePortsOnly(String engine, String... more) {
    return noClasses()
        .that()
        .resideInAPackage(engine)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.carillon..")
                .and(not(resideInAnyPackage(more)))
                .and(
                    not(
                        resideInAnyPackage(
                            engine,
                            CORE + ".engine..",
                            CORE + ".model..",
                            CORE + ".error..",
                            CORE + ".runtime.."))));
  }

  private static ArchCondition<JavaClass> importOnlyDownward() {
    return new ArchCondition<>("import only downward") {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        String room = roomOf(from);
        from.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> isInCore(dependency.getTargetClass()))
            .filter(dependency -> !isBelow(roomOf(dependency.getTargetClass()), room))
            .forEach(
                dependency ->
                    events.add(
                        SimpleConditionEvent.violated(dependency, dependency.getDescription())));
      }
    };
  }

  private static boolean isInCore(JavaClass type) {
    return (type.getPackageName() + ".").startsWith(CORE + ".");
  }

  private static String roomOf(JavaClass type) {
    String inCore = type.getPackageName().substring(CORE.length());
    return inCore.isEmpty() ? "" : inCore.split("\\.", 3)[1];
  }

  private static boolean isBelow(String target, String room) {
    Integer targetRank = RANKS.get(target);
    Integer rank = RANKS.get(room);
    return target.equals(room) || (targetRank != null && rank != null && targetRank < rank);
  }

  private static ArchCondition<JavaMethod> takeNoBareChannelName() {
    return new ArchCondition<>("take a ChannelId, not a ChannelName") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean bare =
            method.getRawParameterTypes().stream()
                .anyMatch(type -> type.isEquivalentTo(ChannelName.class));
        // the bodies of lambdas are methods too, and look into a map that belongs to one app
        if (bare && !method.getName().startsWith("lambda$")) {
          events.add(SimpleConditionEvent.violated(method, method.getDescription()));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not"));
        }
      }
    };
  }
}
