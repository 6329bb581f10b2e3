package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For translators: the real screens, in which a saved file shows at the next reload. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the product with its samples, as demo does, and shows message files and workflows as",
      "they are on disk: save one, and reload the page. The menu of languages has four more:",
      "Accents, Mirrored, Brackets, and Keys, which shows the name of each message. Words that fell",
      "back to another language have a dashed frame. Ctrl-C ends it."
    })
final class ServeCommand implements Callable<Integer> {
  @Option(names = "--port", description = "port on the loopback addresses; 0: any (default: 8080)")
  private int port = 8080;

  @Parameters(
      paramLabel = "SOURCE",
      arity = "1..*",
      description =
          "folder with messages_en.properties, folder with definitions, or NAME.yaml;"
              + " ./hitc gives those of the product when none is named")
  private List<Path> sources = List.of();

  @Override
  public Integer call() throws Exception {
    for (Path source : sources) {
      if (!Files.exists(source)) {
        throw new IOException(source + " is not there");
      }
    }
    return new Demo(port, new Preview(sources)).call();
  }
}
