package io.carillon.postgres;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.DirectoryAdmin;
import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** The engine's beans as a process has them. */
public final class EngineUnderTest implements AutoCloseable {
  public static final String MASTER_KEY = "00112233445566778899aabbccddeeff".repeat(2);

  public final Directory directory;
  public final DirectoryAdmin admin;
  public final Archive archive;
  private final ApplicationContext context;

  private EngineUnderTest(ApplicationContext context) {
    this.context = context;
    this.directory = context.getBean(Directory.class);
    this.admin = context.getBean(DirectoryAdmin.class);
    this.archive = context.getBean(Archive.class);
  }

  public static EngineUnderTest on(TestPostgres database) {
    return on(database, MASTER_KEY);
  }

  public static EngineUnderTest on(TestPostgres database, String masterKey) {
    ApplicationContext context =
        ApplicationContext.builder()
            .properties(
                PostgresEngine.properties(database.url(), database.user(), database.password()))
            .properties(Map.of("carillon.master-key", masterKey))
            .banner(false)
            .start();
    try {
      return new EngineUnderTest(context);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
