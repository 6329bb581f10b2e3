package org.hitc.listener.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the two long-lived processes: where its runtime lies and how its JVM is started.
 *
 * @param name its folder in the distribution, {@code gateway} or {@code listener}
 * @param mainClass what it runs
 * @param heap size of its heap, as for {@code -Xmx}
 */
record Side(String name, String mainClass, String heap) {

  static final Side GATEWAY = new Side("gateway", "org.hitc.gateway.Main", "48m");
  static final Side LISTENER = new Side("listener", "org.hitc.listener.Main", "192m");

  /** Name of the AOT cache beside the runtime. */
  String cache() {
    return name + ".aot";
  }

  /**
   * The command line.
   *
   * @param home folder with {@code jre} and {@code lib}, as the process will see it
   * @param jars file names in {@code lib}, in the order of the class path; the AOT cache fits this
   *     order only
   * @param aot the option that uses or records the cache, or an empty list
   * @param arguments for the main class
   */
  List<String> command(Path home, List<String> jars, List<String> aot, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(home.resolve("jre/bin/java").toString());
    line.addAll(
        List.of(
            "-Xmx" + heap,
            "-Xms8m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:-ShrinkHeapInSteps",
            // What the start and busy times took from malloc goes back to the kernel.
            "-XX:TrimNativeHeapInterval=5000",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:-MaxFDLimit",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:ReservedCodeCacheSize=24m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-Dsun.stdout.encoding=UTF-8"));
    if (this.equals(LISTENER)) {
      Path natives = home.resolve("native");
      line.add("-Djffi.boot.library.path=" + natives);
      line.add("-Dorg.sqlite.lib.path=" + natives);
    }
    line.addAll(aot);
    line.add("-cp");
    line.add(
        String.join(
            ":", jars.stream().map(jar -> home.resolve("lib").resolve(jar).toString()).toList()));
    line.add(mainClass);
    line.addAll(arguments);
    return List.copyOf(line);
  }

  /**
   * The option that uses the AOT cache, when the distribution has one.
   *
   * @param home as for {@link #command}
   */
  List<String> cached(Path distribution, Path home) {
    return Files.exists(distribution.resolve(name).resolve(cache()))
        ? List.of("-XX:AOTCache=" + home.resolve(cache()))
        : List.of();
  }

  /** The jars of a side, in the fixed order of the class path. */
  List<String> jars(Path distribution) throws java.io.IOException {
    try (var files = Files.list(distribution.resolve(name).resolve("lib"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
