package org.hitc.listener.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.PosixException;
import org.hitc.listener.program.ProgramEnd;
import org.hitc.listener.program.Service;

/**
 * The two running processes of a demo: started, watched, started again when one dies, stopped. As
 * root each runs as its own numeric user without new privileges, the gateway in the chroot.
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
  private Optional<Service> listener = Optional.empty();
  private Optional<Service> gateway = Optional.empty();

  /**
   * @param recordCaches true when the processes record AOT caches instead of using them
   */
  Product(DemoPlace place, DemoFiles files, Path distribution, boolean recordCaches) {
    this.place = place;
    this.files = files;
    this.distribution = distribution;
    this.recordCaches = recordCaches;
  }

  /** Starts both at once and waits for both. */
  String start() throws IOException, InterruptedException {
    listener = Optional.of(startListener());
    gateway = Optional.of(startGateway());
    await(Side.LISTENER, listener.get(), "ready");
    return await(Side.GATEWAY, gateway.get(), "listening ");
  }

  /** Starts what has died; to be called again and again. */
  void revive() throws IOException, InterruptedException {
    if (listener.flatMap(Service::ended).isPresent()) {
      report(Side.LISTENER, listener.get());
      TimeUnit.MILLISECONDS.sleep(BETWEEN_STARTS.toMillis());
      listener = Optional.of(startListener());
    }
    if (gateway.flatMap(Service::ended).isPresent()) {
      report(Side.GATEWAY, gateway.get());
      TimeUnit.MILLISECONDS.sleep(BETWEEN_STARTS.toMillis());
      gateway = Optional.of(startGateway());
    }
  }

  /** Asks both to stop, the gateway first, and kills what does not. */
  @Override
  public void close() {
    stop(gateway);
    stop(listener);
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
        side.name(), service.ended().map(ProgramEnd::words).orElse(""));
    service.close();
  }

  private Service startListener() throws IOException {
    Path home = distribution.resolve(Side.LISTENER.name());
    List<String> command = new ArrayList<>(files.form().asUser(files.sysSide(), files.group()));
    command.addAll(
        Side.LISTENER.command(
            home, Side.LISTENER.jars(distribution), cache(Side.LISTENER, home), arguments()));
    return start(Side.LISTENER, command, Map.of("LC_ALL", "C.UTF-8", "PATH", "/usr/bin:/bin"));
  }

  private List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of("--config", files.listenerConfig().toString(), "--until-end-of-input"));
    if (!files.form().chroot()) {
      arguments.add("--try-out");
    }
    return arguments;
  }

  private Service startGateway() throws IOException {
    Path home = files.form().chroot() ? Chroot.HOME : files.chroot().resolve("app");
    List<String> command =
        new ArrayList<>(
            files.form().asUserInChroot(files.webSide(), files.group(), files.chroot()));
    command.addAll(
        Side.GATEWAY.command(
            home,
            Side.GATEWAY.jars(distribution),
            cache(Side.GATEWAY, home),
            List.of(home.resolve("gateway.conf").toString(), "--until-end-of-input")));
    // Without /proc the JVM cannot find its own libraries.
    String libraries = home.resolve("jre/lib") + ":" + home.resolve("jre/lib/server");
    return start(Side.GATEWAY, command, Map.of("LC_ALL", "C.UTF-8", "LD_LIBRARY_PATH", libraries));
  }

  private Service start(Side side, List<String> command, Map<String, String> environment)
      throws IOException {
    Service service = Service.start(command, environment, place.log(side.name()));
    DemoPlace.write(
        place.folder().resolve("log").resolve(side.name() + ".pid"), service.pid() + "\n");
    return service;
  }

  private List<String> cache(Side side, Path home) {
    if (recordCaches) {
      return List.of("-XX:AOTCacheOutput=" + files.state().resolve(side.cache()));
    }
    return side.cached(distribution, home);
  }

  /** Waits until the process has printed a line that begins like this, and gives the rest of it. */
  private String await(Side side, Service service, String beginning)
      throws IOException, InterruptedException {
    Path log = place.log(side.name());
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<String> line =
          Files.readString(log, StandardCharsets.UTF_8)
              .lines()
              .filter(l -> l.startsWith(beginning))
              .findFirst();
      if (line.isPresent()) {
        return line.get().substring(beginning.length());
      }
      if (service.ended().isPresent()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new IOException(
        "the "
            + side.name()
            + " does not start:\n"
            + Files.readString(log, StandardCharsets.UTF_8));
  }
}
