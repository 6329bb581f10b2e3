package org.hitc.redteam.runas;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.it.Product;

/** An {@link Accomplice} with the rights of somebody, on a machine with a running product. */
final class Accomplices implements AutoCloseable {
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private Accomplices(Process process) {
    this.process = process;
    this.orders =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * With the rights of a user, in the group of the hole as well.
   *
   * @param user 0: root
   */
  static Accomplices as(Product product, int user) {
    try {
      Path classes = product.scratch().resolveSibling("accomplice");
      Path mine =
          Path.of(Accomplice.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      copy(mine, classes);
      List<String> line = new ArrayList<>();
      if (user != 0) {
        line.addAll(
            List.of(
                "/usr/bin/setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--groups=" + product.group(),
                "--"));
      }
      Path listener = Product.distribution().resolve("listener");
      line.addAll(
          List.of(
              listener.resolve("jre/bin/java").toString(),
              "-XX:-UsePerfData",
              "-XX:TieredStopAtLevel=1",
              "--enable-native-access=ALL-UNNAMED",
              "-Dsun.stdout.encoding=UTF-8",
              "-cp",
              classes + ":" + listener.resolve("lib") + "/*",
              Accomplice.class.getName(),
              product.folder().resolve("run/launcher").toString()));
      return new Accomplices(
          new ProcessBuilder(line)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .directory(Path.of("/").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where everybody can read them. */
  private static void copy(Path from, Path to) throws IOException {
    String folder = Accomplice.class.getPackageName().replace('.', '/');
    Path target = to.resolve(folder);
    Files.createDirectories(target);
    try (var files = Files.list(from.resolve(folder))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("Accomplice")).toList()) {
        Path copied = target.resolve(file.getFileName().toString());
        if (!Files.exists(copied)) {
          Files.copy(file, copied);
        }
      }
    }
  }

  /** Orders it to do something: what it says. */
  String told(String... words) {
    try {
      orders.write(String.join("\t", words) + "\n");
      orders.flush();
      return Optional.ofNullable(answers.readLine()).orElse("it has ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
