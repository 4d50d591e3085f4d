package io.carillon.api;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The local engine, whose log answers one of its calls with something else. Stateless. */
public final class FailingLog {
  private FailingLog() {}

  /** An engine whose log answers every call of this name so. */
  public static UnaryOperator<Ports> on(String call, Supplier<CompletionStage<?>> answer) {
    return ports -> {
      ChannelLog log =
          (ChannelLog)
              Proxy.newProxyInstance(
                  ChannelLog.class.getClassLoader(),
                  new Class<?>[] {ChannelLog.class},
                  (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) {
                      return answer.get();
                    }
                    try {
                      return method.invoke(ports.log(), arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
      return ports.withLog(log);
    };
  }
}
