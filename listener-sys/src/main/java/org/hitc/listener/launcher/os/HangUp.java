package org.hitc.listener.launcher.os;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP as a wish to read the configuration again. The JDK's handler of signals has no supported
 * name for the compiler, so it is looked up.
 */
public final class HangUp {
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private HangUp() {}

  /** Calls this on a thread of the JVM at every SIGHUP from now on. */
  public static void calls(Runnable task) {
    try {
      Class<?> signal = Class.forName(SIGNAL);
      Class<?> handler = Class.forName(HANDLER);
      InvocationHandler calls =
          (_, method, _) -> {
            if (method.getName().equals("handle")) {
              task.run();
            }
            return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
          };
      Object ours =
          Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, calls);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK cannot handle SIGHUP", e);
    }
  }
}
