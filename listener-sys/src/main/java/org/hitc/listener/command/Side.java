package org.hitc.listener.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of the long-lived processes: where its runtime lies and how its JVM is started. */
enum Side {
  GATEWAY("gateway", "gateway", "gateway", "org.hitc.gateway.Main", "48m"),
  LISTENER("listener", "listener", "listener", "org.hitc.listener.Main", "192m"),
  AUTHENTICATOR(
      "authenticator", "listener", "listener", "org.hitc.listener.authenticator.Main", "160m"),
  LAUNCHER("launcher", "launcher", "listener", "org.hitc.listener.launcher.Main", "64m");

  private final String word;
  private final String folder;
  private final String runtime;
  private final String mainClass;
  private final String heap;

  /**
   * @param word what it is called
   * @param folder of its jars in the distribution
   * @param runtime folder of its Java in the distribution
   * @param mainClass what it runs
   * @param heap size of its heap, as for {@code -Xmx}
   */
  Side(String word, String folder, String runtime, String mainClass, String heap) {
    this.word = word;
    this.folder = folder;
    this.runtime = runtime;
    this.mainClass = mainClass;
    this.heap = heap;
  }

  /** What it is called, such as {@code gateway}. */
  String word() {
    return word;
  }

  /** Its folder in the distribution. */
  String folder() {
    return folder;
  }

  /** Name of the AOT cache beside the runtime. */
  String cache() {
    return word + ".aot";
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
    Path java = runtime.equals(folder) ? home : home.resolveSibling(runtime);
    line.add(java.resolve("jre/bin/java").toString());
    line.addAll(
        List.of(
            "-Xmx" + heap,
            "-Xms8m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
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
    if (this != GATEWAY) {
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
   * The whole command line of this installation, one word a line, for a shell to become it.
   *
   * @param before what stands before it
   * @param arguments for the main class
   */
  List<String> lines(List<String> before, List<String> arguments) throws java.io.IOException {
    Path distribution = Distribution.folder();
    Path home = distribution.resolve(folder);
    List<String> line = new ArrayList<>(before);
    line.addAll(command(home, jars(distribution), cached(distribution, home), arguments));
    return List.copyOf(line);
  }

  /**
   * The option that uses the AOT cache, when the distribution has one.
   *
   * @param home as for {@link #command}
   */
  List<String> cached(Path distribution, Path home) {
    return Files.exists(distribution.resolve(folder).resolve(cache()))
        ? List.of("-XX:AOTCache=" + home.resolve(cache()))
        : List.of();
  }

  /** The jars of a side, in the fixed order of the class path. */
  List<String> jars(Path distribution) throws java.io.IOException {
    try (var files = Files.list(distribution.resolve(folder).resolve("lib"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
