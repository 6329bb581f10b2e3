package org.hitc.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A running {@link Worker}. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  private Child(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts one and waits until it is up.
   *
   * @param java the runtime with its flags
   * @param more arguments behind the subject: paths, numbers
   */
  static Child start(List<String> java, String what, Path subject, Object... more)
      throws IOException {
    List<String> line = new ArrayList<>(java);
    line.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            what,
            subject.toString()));
    List.of(more).forEach(one -> line.add(one.toString()));
    Child child =
        new Child(new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    child.say();
    return child;
  }

  /** So many rounds, now. */
  Times times(int rounds) throws IOException {
    in.write(rounds + "\n");
    in.flush();
    return Times.read(say());
  }

  private String say() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("a measured process ended; see above");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
