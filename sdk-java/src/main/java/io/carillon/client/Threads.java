package io.carillon.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Where code of the application runs: its listeners and its token supplier. Stateless. */
final class Threads {
  private static final Executor STANDARD = standardOfRuntime();

  private Threads() {}

  /** A virtual thread for each task where the runtime has them (21 and later), else daemons. */
  static Executor standard() {
    return STANDARD;
  }

  /** As for an error that nobody caught; the thread goes on. */
  static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }

  private static Executor standardOfRuntime() {
    try {
      MethodHandle perTask =
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class));
      return (ExecutorService) perTask.invokeExact();
    } catch (Throwable beforeJava21) {
      return Executors.newCachedThreadPool(daemons());
    }
  }

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "carillon-listener");
      thread.setDaemon(true);
      return thread;
    };
  }
}
