package io.codeploy.multiquery.command;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Handlers for signals of the process. By reflection: sun.misc.Signal is all that the JDK has for
 * it, and javac warns of it at each use.
 */
final class Signals {
  private Signals() {}

  /** Has {@code SIG<name>} call {@code handler}; does nothing where the platform has no such. */
  static void on(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              handler.run();
            }
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, calls);
      signal
          .getMethod("handle", signal, handlerType)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      // Nobody can steer by signals here; everything else works.
    }
  }
}
