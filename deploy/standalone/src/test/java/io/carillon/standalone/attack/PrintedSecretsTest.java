package io.carillon.standalone.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.carillon.core.model.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Somebody reads what is printed of objects: in a log, a message of an exception, a debugger. No
 * record prints what somebody authenticates with, also one that is written tomorrow.
 */
class PrintedSecretsTest {
  private static final String CANARY = "canary-0123456789-abcdef";

  /** Names of texts that are secrets. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(secret|password|passphrase|credential|signature|authorization|masterkey)$"
              + "|(?i)(token|ticket|challenge)$");

  /** Their token is the name that its owner gave an access token. */
  private static final Set<String> LABELS =
      Set.of(
          "io.carillon.api.console.TeamBodies$LogEntry",
          "io.carillon.core.account.AuditLog$Author",
          "io.carillon.postgres.console.AuditRow");

  @Test
  void noRecordPrintsASecret() throws Exception {
    List<Class<?>> carriers = new ArrayList<>();
    List<String> loud = new ArrayList<>();
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.carillon")) {
      if (each.isRecord()
          && !each.getName().contains(".contract.")
          && !LABELS.contains(each.getName())) {
        Class<?> type = each.reflect();
        if (Arrays.stream(type.getRecordComponents()).anyMatch(PrintedSecretsTest::isSecret)) {
          carriers.add(type);
          String printed = printed(type);
          if (printed.contains(CANARY)) {
            loud.add(type.getName() + ": " + printed);
          }
        }
      }
    }

    assertThat(carriers).hasSizeGreaterThan(10);
    assertThat(loud).isEmpty();
  }

  @Test
  void aSecretPrintsNothingOfItself() {
    assertThat(Secret.of(CANARY).toString()).doesNotContain(CANARY).doesNotContain("0123");
  }

  private static boolean isSecret(RecordComponent component) {
    return component.getType() == String.class && SECRET.matcher(component.getName()).matches();
  }

  /** What is printed of one whose texts are all a secret. */
  @SuppressWarnings("NullAway") // what is no text may be missing: it is printed by its own rule
  private static String printed(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = isSecret(components[i]) ? CANARY : plain(types[i]);
    }
    return constructor.newInstance(values).toString();
  }

  private static @Nullable Object plain(Class<?> type) {
    if (type == String.class) {
      return "text";
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == int.class) {
      return 1;
    }
    return type == List.class ? List.of() : null;
  }
}
