package org.hitc.listener.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.hitc.listener.launcher.os.HangUp;
import org.hitc.listener.launcher.os.ProcessCalls;

/**
 * The launcher. As process 1 of a PID namespace with a {@code /proc} of its own ({@link Alone}), so
 * that the kernel kills whatever it started when it ends, however it ends.
 */
public final class Main {
  private static final String USAGE = "usage: --policy FILE [--check | --until-end-of-input]";
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private Main() {}

  /** Starts it, or with {@code --check} only says what it would do. */
  public static void main(String[] args) throws Exception {
    List<String> words = new ArrayList<>(List.of(args));
    boolean untilEndOfInput = words.remove("--until-end-of-input");
    boolean check = words.size() == 3 && words.get(2).equals("--check");
    if ((words.size() != 2 && !check) || !words.getFirst().equals("--policy")) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Path file = Path.of(words.get(1)).toAbsolutePath();
    switch (Policies.read(file)) {
      case Policies.Result.Bad(List<String> problems) -> refuse(problems);
      case Policies.Result.Good(Policy policy) when check ->
          policy.describe().forEach(System.out::println);
      case Policies.Result.Good(Policy policy) -> {
        List<String> problems = place();
        if (!problems.isEmpty()) {
          refuse(problems);
        }
        try {
          run(file, policy, untilEndOfInput);
        } catch (IOException e) {
          refuse(List.of(String.valueOf(e.getMessage())));
        }
      }
    }
  }

  private static void refuse(List<String> problems) {
    problems.forEach(problem -> System.err.println("launcher: " + problem));
    System.exit(1);
  }

  /** What is wrong with where it runs. */
  private static List<String> place() throws IOException {
    List<String> problems = new ArrayList<>(Chain.problems());
    if (ProcessHandle.current().pid() != 1
        || !Files.readSymbolicLink(Path.of("/proc/self")).toString().equals("1")) {
      problems.add("must be process 1 of a PID namespace with a /proc of its own; see unshare(1)");
    } else if (!Files.isReadable(ProcStatus.ORPHANS)) {
      problems.add("the kernel does not show " + ProcStatus.ORPHANS);
    } else if (!ProcStatus.of(1).map(s -> s.uids().equals(List.of(0, 0, 0, 0))).orElse(false)) {
      problems.add("must be root");
    }
    return problems;
  }

  private static void run(Path file, Policy policy, boolean untilEndOfInput)
      throws IOException, InterruptedException {
    ProcessCalls.umask(0077);
    // Nor is a core of this process written: it would hold the key of the grants.
    ProcessCalls.forbidTracing();
    make(policy.log().resolve("..").normalize());
    OwnLog log = OwnLog.open(policy.log(), InstantSource.system());
    LivePolicy policies = new LivePolicy(file, policy, log);
    Runs runs = new Runs(log);
    Thread.ofPlatform().name("orphans").daemon().start(runs::reapOrphans);
    SelfTest.run(runs, policy);
    Accounts accounts = new Accounts(InstantSource.system());
    Desk desk = new Desk(policies, accounts, new Grants(InstantSource.system()), log);
    Slots slots = new Slots();
    Conversation conversation = new Conversation(desk, runs, slots, log);
    folder(policy.folder());
    HangUp.calls(() -> again(policies, log));
    Server run =
        Server.start(policy.folder(), Conversation.Role.RUN, policy.sysSide(), conversation, log);
    Server grant =
        Server.start(
            policy.folder(), Conversation.Role.GRANT, policy.authSide(), conversation, log);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run, grant, runs, slots, log)));
    log.say("ready", Map.of("entries", Integer.toString(policy.entries().size())));
    System.out.println("ready");
    if (untilEndOfInput) {
      System.in.transferTo(OutputStream.nullOutputStream());
      System.exit(0);
    }
    new CountDownLatch(1).await();
  }

  /** A log that was moved away, and a policy that was changed. */
  private static void again(LivePolicy policies, OwnLog log) {
    try {
      log.reopen();
      policies.reload();
    } catch (IOException e) {
      System.err.println("launcher: SIGHUP: " + e.getMessage());
    }
  }

  private static void folder(Path folder) throws IOException {
    make(folder);
    List<String> unsafe = SafePath.ownedByRoot().folder(folder);
    if (!unsafe.isEmpty()) {
      throw new IOException(String.join("; ", unsafe));
    }
    // Everybody may come through; each socket says who may connect.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  /** With what is missing above it, such as {@code /run/hitc} after a start of the machine. */
  private static void make(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      make(folder.resolve("..").normalize());
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void stop(Server run, Server grant, Runs runs, Slots slots, OwnLog log) {
    try (run;
        grant) {
      runs.killAll();
      boolean all = slots.awaitFree(STOPPING);
      log.say("stop", Map.of("all-ended", Boolean.toString(all)));
    } catch (IOException e) {
      System.err.println("launcher: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
