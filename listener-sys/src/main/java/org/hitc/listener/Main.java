package org.hitc.listener;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.Refusal;

/**
 * Starts the listener: {@code java org.hitc.listener.Main --config FILE}.
 *
 * <p>With {@code --until-end-of-input} it ends when its input does, so that it never outlives the
 * starter of a demo. With {@code --try-out} it believes files of the user who runs it.
 */
public final class Main {
  private Main() {}

  /** Runs until it is told to stop; exit 1 when it may not start, with every reason. */
  public static void main(String[] arguments) throws Exception {
    Arguments told = Arguments.of(arguments);
    try {
      Listener listener = Listener.start(told.config(), told.tryOut());
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(listener::close));
      System.out.println("ready");
      Thread.ofVirtual().name("tidy").start(Main::giveBack);
      if (told.untilEndOfInput()) {
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
      } else {
        Thread.currentThread().join();
      }
    } catch (StartRefusedException e) {
      e.reasons().forEach(reason -> System.err.println(Refusal.CONFIG.code() + " " + reason));
      System.exit(1);
    }
  }

  /**
   * Gives back the heap that only the start needed, a moment after it: an idle listener has no
   * collection of its own that would do so.
   */
  private static void giveBack() {
    try {
      TimeUnit.SECONDS.sleep(2);
      System.gc();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private record Arguments(Path config, boolean tryOut, boolean untilEndOfInput) {
    static Arguments of(String[] arguments) throws IOException {
      List<String> all = List.of(arguments);
      int config = all.indexOf("--config");
      if (config < 0 || config + 1 >= all.size()) {
        throw new IOException("usage: org.hitc.listener.Main --config FILE [--try-out]");
      }
      return new Arguments(
          Path.of(all.get(config + 1)).toAbsolutePath(),
          all.contains("--try-out"),
          all.contains("--until-end-of-input"));
    }
  }
}
