package org.hitc.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code hitc user} for the password file of a running product. */
public final class UserCommands {
  private final Product product;

  public UserCommands(Product product) {
    this.product = product;
  }

  /**
   * What a command said.
   *
   * @param output both of its streams
   */
  public record Said(int exit, String output) {}

  /** Runs it; must say yes. */
  public String run(String input, String... words) {
    Said said = said(input, words);
    if (said.exit() != 0) {
      throw new AssertionError(List.of(words) + ": exit " + said.exit() + "\n" + said.output());
    }
    return said.output();
  }

  /** Runs it. */
  public Said said(String input, String... words) {
    List<String> line = new ArrayList<>(List.of("user"));
    line.addAll(List.of(words));
    line.addAll(
        List.of("--config", product.folder().resolve("etc/listener.yaml").toString(), "--try-out"));
    try {
      Process process = new ProcessBuilder(Product.command(line)).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
