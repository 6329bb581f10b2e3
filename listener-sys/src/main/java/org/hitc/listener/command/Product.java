package org.hitc.listener.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.PosixException;
import org.hitc.listener.program.ProgramEnd;
import org.hitc.listener.program.Service;

/**
 * The running processes of a demo: started, watched, started again when one dies, stopped. As root
 * each runs as its own numeric user without new privileges, the gateway in the chroot; the launcher
 * alone stays root.
 */
final class Product implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(5);

  /** A process that records its cache writes it when it is told to stop. */
  private static final Duration STOP_AND_RECORD = Duration.ofMinutes(2);

  private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);
  private static final long LOOK_MILLIS = 10;

  private final DemoPlace place;
  private final DemoFiles files;
  private final Path distribution;
  private final boolean recordCaches;
  private final Map<Side, Service> running = new EnumMap<>(Side.class);

  /**
   * @param recordCaches true when the processes record AOT caches instead of using them
   */
  Product(DemoPlace place, DemoFiles files, Path distribution, boolean recordCaches) {
    this.place = place;
    this.files = files;
    this.distribution = distribution;
    this.recordCaches = recordCaches;
  }

  /** Starts all at once and waits for all. */
  void start() throws IOException, InterruptedException {
    for (Side side : sides()) {
      running.put(side, start(side));
    }
    for (Map.Entry<Side, Service> one : running.entrySet()) {
      Side side = one.getKey();
      await(side, one.getValue(), side == Side.GATEWAY ? "listening " : "ready");
    }
  }

  /** In the order in which they are started; they are stopped the other way round. */
  private List<Side> sides() {
    return files.form().asOthers()
        ? List.of(Side.LAUNCHER, Side.AUTHENTICATOR, Side.LISTENER, Side.GATEWAY)
        : List.of(Side.LISTENER, Side.GATEWAY);
  }

  /** Starts what has died; to be called again and again. */
  void revive() throws IOException, InterruptedException {
    for (Map.Entry<Side, Service> one : running.entrySet()) {
      if (one.getValue().ended().isPresent()) {
        report(one.getKey(), one.getValue());
        TimeUnit.MILLISECONDS.sleep(BETWEEN_STARTS.toMillis());
        one.setValue(start(one.getKey()));
      }
    }
  }

  /** Asks all to stop, the gateway first, and kills what does not. */
  @Override
  public void close() {
    sides().reversed().forEach(side -> stop(Optional.ofNullable(running.get(side))));
  }

  private void stop(Optional<Service> side) {
    side.ifPresent(service -> {
      try {
        service.close();
        service.awaitEnd(recordCaches ? STOP_AND_RECORD : STOP);
      } catch (PosixException e) {
        System.err.println("hitc: " + e.getMessage());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      service.kill();
    });
  }

  private void report(Side side, Service service) throws IOException {
    System.err.printf(
        "hitc: the %s has ended (%s); starting it again%n",
        side.word(), service.ended().map(ProgramEnd::words).orElse(""));
    service.close();
  }

  private Service start(Side side) throws IOException {
    List<String> command = new ArrayList<>(before(side));
    Path home = home(side);
    command.addAll(side.command(home, side.jars(distribution), cache(side, home), arguments(side)));
    Service service = Service.start(command, environment(side, home), place.log(side.word()));
    DemoPlace.write(
        place.folder().resolve("log").resolve(side.word() + ".pid"), service.pid() + "\n");
    return service;
  }

  /** Its folder, as it sees it. */
  private Path home(Side side) {
    if (side != Side.GATEWAY) {
      return distribution.resolve(side.folder());
    }
    return files.form().chroot() ? Chroot.HOME : files.chroot().resolve("app");
  }

  /** What stands before its command. */
  private List<String> before(Side side) {
    DemoUsers as = files.as();
    return switch (side) {
      case LAUNCHER -> files.accounts().view();
      case AUTHENTICATOR -> List.of();
      case LISTENER -> files.form().asUser(as.sysSide(), as.group());
      case GATEWAY -> files.form().asUserInChroot(as.webSide(), as.group(), files.chroot());
    };
  }

  private static Map<String, String> environment(Side side, Path home) {
    // Without /proc the JVM cannot find its own libraries.
    return side == Side.GATEWAY
        ? Map.of(
            "LC_ALL",
            "C.UTF-8",
            "LD_LIBRARY_PATH",
            home.resolve("jre/lib") + ":" + home.resolve("jre/lib/server"))
        : Map.of("LC_ALL", "C.UTF-8", "PATH", "/usr/bin:/bin");
  }

  private List<String> arguments(Side side) {
    List<String> arguments =
        switch (side) {
          case LAUNCHER -> List.of("--policy", files.launcherPolicy().toString());
          case AUTHENTICATOR -> List.of("--config", files.authenticatorConfig().toString());
          case LISTENER -> List.of("--config", files.listenerConfig().toString());
          case GATEWAY -> List.of(home(side).resolve("gateway.conf").toString());
        };
    List<String> all = new ArrayList<>(arguments);
    all.add("--until-end-of-input");
    if (side == Side.LISTENER && !files.form().chroot()) {
      all.add("--try-out");
    }
    return all;
  }

  private List<String> cache(Side side, Path home) {
    if (recordCaches) {
      return List.of("-XX:AOTCacheOutput=" + files.state().resolve(side.cache()));
    }
    return side.cached(distribution, home);
  }

  /** Waits until the process has printed a line that begins like this. */
  private void await(Side side, Service service, String beginning)
      throws IOException, InterruptedException {
    Path log = place.log(side.word());
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      if (Files.readString(log, StandardCharsets.UTF_8)
          .lines()
          .anyMatch(line -> line.startsWith(beginning))) {
        return;
      }
      if (service.ended().isPresent()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new IOException(
        "the "
            + side.word()
            + " does not start:\n"
            + Files.readString(log, StandardCharsets.UTF_8));
  }
}
