package org.hitc.listener.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.launcher.os.ProcessCalls;

/**
 * Before anybody can ask: the chain works on this machine, and what it starts cannot become root
 * again, nor root of a user namespace of its own.
 */
final class SelfTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");
  private static final Path TRUE = Path.of("/usr/bin/true");
  private static final List<Integer> OURS = List.of(0, 1, 2);

  private SelfTest() {}

  /**
   * Runs programs as a user of the product.
   *
   * @throws IOException when one ends otherwise than it must
   */
  static void run(Runs runs, Policy policy) throws IOException, InterruptedException {
    Policy.Side as = policy.authSide();
    if (exit(runs, as, TRUE, List.of()) != 0) {
      throw new IOException("self-test: a program cannot be started as another user");
    }
    System.err.println("launcher: self-test; two tools say now that they may not, as they must");
    List<String> back = List.of("--reuid=0", "--regid=0", "--clear-groups", TRUE.toString());
    if (exit(runs, as, SETPRIV, back) == 0) {
      throw new IOException("self-test: what was started can become root again");
    }
    // In a user namespace of its own it would be root of that, which opens much of the kernel to
    // it.
    if (exit(runs, as, UNSHARE, List.of("--user", TRUE.toString())) == 0) {
      throw new IOException(
          "self-test: what was started can make a user namespace; start the launcher in a chroot,"
              + " even one that is the whole root, as hitc launch does");
    }
  }

  private static int exit(Runs runs, Policy.Side as, Path program, List<String> args)
      throws IOException, InterruptedException {
    Entry entry =
        new Entry(
            "self_test",
            program,
            Optional.empty(),
            true,
            Set.of(),
            new Entry.Audience.All(),
            List.of(),
            StandardCharsets.UTF_8,
            Map.of(),
            new Entry.Folder.Root(),
            Set.of(),
            Limits.DEFAULT,
            1);
    Account account =
        new Account(
            "self-test",
            as.uid(),
            as.gid(),
            Set.of(as.gid()),
            Set.of(),
            "/",
            true,
            "",
            false,
            false);
    try {
      Runs.Live live =
          runs.start(
              Chain.command(entry, account, args, Limits.core()),
              List.of(),
              OURS,
              account,
              "self-test");
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (Runs.ended(live).isEmpty() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return runs.end(live) instanceof ProcessCalls.Status.Exited(int code) ? code : -1;
    } catch (RefusedException e) {
      throw new IOException("self-test: " + e.getMessage(), e);
    }
  }
}
